import type { Transaction } from "@/lib/db/client";
import type { UserWhereInput } from "@/lib/db/generated/models";
import { env } from "@/lib/env";
import { passwordChangedMail } from "@/lib/mail/password-changed-mail";
import { sendWithinBudget } from "@/lib/services/mail/mail-budget";
import { passwordShare } from "@/lib/services/mail/mail-share";

/**
 * Sets the password of one account if it still matches `where`, and ends every open link that could set another
 * password, whether mailed, printed by the operator or made by a program. So a person who changes their password
 * because a link leaked is safe. No other code writes the password of an existing account.
 *
 * @returns the account; null if none matches
 */
export async function setPassword(
  transaction: Transaction,
  where: Pick<UserWhereInput, "id" | "email" | "passwordHash">,
  data: { readonly passwordHash: string; readonly name?: string },
  at: Date,
): Promise<string | null> {
  const [user] = await transaction.user.updateManyAndReturn({ where, data, select: { id: true } });
  if (user === undefined) return null;
  await transaction.passwordReset.deleteMany({ where: { userId: user.id } });
  await transaction.passwordLink.updateMany({
    where: { userId: user.id, usedAt: null },
    data: { usedAt: at },
  });
  return user.id;
}

/** Mails a person that their password was changed, in case they did not do it. Callers do not await it. */
export async function tellOfNewPassword(email: string, at: Date): Promise<void> {
  const link = `${env().appUrl}/forgot-password`;
  await sendWithinBudget(passwordShare, passwordChangedMail({ email, link, at }), null, at);
}
