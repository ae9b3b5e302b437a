import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ResetPasswordInput } from "@/lib/schemas/account";
import type { Origin } from "@/lib/services/access/context";
import { recordSessionEvent } from "@/lib/services/sessions/record-session-event";
import { forgetGuesses } from "@/lib/services/users/password/guess-bounds";
import { hashNewPassword } from "@/lib/services/users/password/hash-new-password";
import { setPassword, tellOfNewPassword } from "@/lib/services/users/password/set-password";
import { takeOverAccount } from "@/lib/services/users/take-over-account";
import { hashLinkToken } from "@/lib/token/link-token";
import { readResetLink } from "./read-reset-link";

/** The same answer for every unusable link: unknown, used, replaced or expired. */
const closed = failure("not_found", "This link was used, was replaced by a newer one, or has expired.");

/**
 * Sets a new password through a single-use link, and ends all of the person's sessions. Opening the link proves
 * the address, so it also hands over an account without a password. `takeOverAccount` then ends the memberships
 * that the person never agreed to.
 */
export async function resetPassword(
  { token, password }: ResetPasswordInput,
  origin: Origin,
): Promise<Result<null>> {
  // Hashing is expensive, so check the token first. The transaction checks it again.
  const link = await readResetLink(token, origin.at);
  if (link === null) return closed;
  const hashed = await hashNewPassword(password, link);
  if (!hashed.ok) return hashed;
  const { userId, byOperator } = link;

  const reset = await inTransaction(async (transaction) => {
    // Lock the account before its links, as every verb that sets a password does. If two race, one deletes the row.
    await transaction.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    const { count } = await transaction.passwordReset.deleteMany({
      where: { userId, tokenHash: hashLinkToken(token), expiresAt: { gt: origin.at } },
    });
    if (count === 0) return closed;
    const passwordHash = hashed.value;
    // The link is not from an organization, so the person has agreed to none of the account's memberships.
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
