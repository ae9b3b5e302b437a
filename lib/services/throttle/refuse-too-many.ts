import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { countAttempt } from "./count-attempt";
import { minutesUntil } from "./minutes-until";
import type { Throttle } from "./throttle";

/**
 * Counts an attempt, and refuses it if there were too many in its window.
 *
 * @param what the sentence for the refusal, such as "Too many reports came from your address."
 */
export async function refuseTooMany(
  throttle: Throttle,
  subject: string,
  at: Date,
  what: string,
  from?: Transaction,
): Promise<Failure | null> {
  const { retryAt } = await countAttempt(throttle, subject, at, from);
  if (retryAt === null) return null;
  const retryAfterSeconds = Math.max(1, Math.ceil((retryAt.getTime() - at.getTime()) / 1000));
  return {
    ...failure("rate_limited", `${what} Try again in ${minutesUntil(retryAt, at)}.`),
    retryAfterSeconds,
  };
}
