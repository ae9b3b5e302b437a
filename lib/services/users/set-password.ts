import type { Transaction } from "@/lib/db/client";
import type { UserWhereInput } from "@/lib/db/generated/models";

/**
 * Sets the password of one account, if it still is as `where` says, and ends every open link by which another
 * password could be set: mailed, printed by the operator, or made by a program. Somebody who changes their
 * password because a link got into other hands has to be safe from that link. Nothing else writes a password.
 *
 * @returns the account; null when there is no such one
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
