import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ResetPasswordInput } from "@/lib/schemas/account";
import type { Origin } from "@/lib/services/access/context";
import { recordSessionEvent } from "@/lib/services/sessions/record-session-event";
import { forgetGuesses } from "@/lib/services/users/forget-guesses";
import { hashNewPassword } from "@/lib/services/users/hash-new-password";
import { setPassword } from "@/lib/services/users/set-password";
import { takeOverAccount } from "@/lib/services/users/take-over-account";
import { tellOfNewPassword } from "@/lib/services/users/tell-of-new-password";
import { hashLinkToken } from "@/lib/token/link-token";
import { readResetLink } from "./read-reset-link";

/** The same for a wrong token, a used, a replaced and an expired one. */
const closed = failure("not_found", "This link was used, was replaced by a newer one, or is over.");

/**
 * Sets a new password by a link, once, and ends every session of the person. Whoever opens the link proves
 * that the address is theirs, so it also gives them an account that has no password yet, without the memberships
 * that organizations gave it.
 */
export async function resetPassword(
  { token, password }: ResetPasswordInput,
  origin: Origin,
): Promise<Result<null>> {
  // Hashing is dear, so nobody gets it without a token; the transaction asks again.
  const link = await readResetLink(token, origin.at);
  if (link === null) return closed;
  const hashed = await hashNewPassword(password, link);
  if (!hashed.ok) return hashed;
  const { userId, byOperator } = link;

  const reset = await inTransaction(async (transaction) => {
    // The account before its links, as wherever a password is set. Of two at once one deletes the row.
    await transaction.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    const { count } = await transaction.passwordReset.deleteMany({
      where: { userId, tokenHash: hashLinkToken(token), expiresAt: { gt: origin.at } },
    });
    if (count === 0) return closed;
    const passwordHash = hashed.value;
    // No organization's link: the person has agreed to none of those that made the account's memberships.
    const taking = { email: link.email, passwordHash, name: null, agreedTo: null, at: origin.at };
    if ((await takeOverAccount(transaction, taking)) === null) {
      await setPassword(transaction, { id: userId }, { passwordHash }, origin.at);
    }
    const { count: sessionsEnded } = await transaction.session.deleteMany({ where: { userId } });
    const details = { sessionsEnded, link: byOperator ? "operator" : "mail" };
    await recordSessionEvent(transaction, "member.password_reset", userId, origin, details);
    return success(null);
  });
  if (!reset.ok) return reset;
  await forgetGuesses(link.email);
  void tellOfNewPassword(link.email, origin.at);
  return reset;
}
