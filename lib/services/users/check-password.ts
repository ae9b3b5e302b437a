import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Origin } from "@/lib/services/context";
import { addressSubject } from "@/lib/services/throttle/address-subject";
import { clearAttempts } from "@/lib/services/throttle/clear-attempts";
import { countAttempt } from "@/lib/services/throttle/count-attempt";
import { returnAttempt } from "@/lib/services/throttle/return-attempt";
import { accountThrottle, addressThrottle } from "@/lib/services/throttle/throttle";
import { passwordMatches } from "./password";

/** `passwordHash` is the one that the password was found right against. */
export type CheckedUser = { readonly id: string; readonly passwordHash: string };

/**
 * The one place where a password is tried: throttled per address and per account, the same work and
 * the same answer for an unknown email as for a wrong password.
 *
 * @param email in lower case
 */
export async function checkPassword(
  email: string,
  password: string,
  origin: Origin,
  wrong: string,
): Promise<Result<CheckedUser>> {
  // The address first: one that is refused must not go on to lock account after account.
  const address = addressSubject(origin.address);
  const retryAt =
    (await countAttempt(addressThrottle, address, origin.at)) ??
    (await countAttempt(accountThrottle, email, origin.at));
  if (retryAt !== null) return failure("rate_limited", tooMany(retryAt, origin.at));

  const user = await database().user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true },
  });
  const matches = await passwordMatches(password, user?.passwordHash ?? null);
  if (!matches || user === null || user.passwordHash === null) return failure("forbidden", wrong);

  await clearAttempts(accountThrottle, email);
  await returnAttempt(addressThrottle, address);
  return success({ id: user.id, passwordHash: user.passwordHash });
}

function tooMany(retryAt: Date, now: Date): string {
  const minutes = Math.max(1, Math.ceil((retryAt.getTime() - now.getTime()) / 60_000));
  return `Too many attempts. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
}
