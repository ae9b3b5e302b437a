import type { Transaction } from "@/lib/db/client";
import { database } from "@/lib/db/client";
import { removeOldThrottles } from "./remove-old-throttles";
import type { Throttle } from "./throttle";
import { throttleKey } from "./throttle";

export type Attempt = {
  /** The number of this attempt in its window. */
  readonly count: number;
  readonly left: number;
  /** Null if the attempt is allowed; otherwise the time from which attempts are allowed again. */
  readonly retryAt: Date | null;
  /** Whether this is the first attempt refused in its window. */
  readonly isFirstRefusal: boolean;
};

/**
 * Counts an attempt before it is made. One statement, so concurrent attempts cannot exceed the limit.
 *
 * @param from a transaction, if the attempt only counts once it commits; the subject's other attempts then wait for it
 */
export async function countAttempt(
  throttle: Throttle,
  subject: string,
  at: Date,
  from: Transaction = database(),
): Promise<Attempt> {
  const endOfOldWindows = new Date(at.getTime() - throttle.windowMs);
  // A refused attempt does not move the window, and the count stops just above the limit.
  const [row] = await from.$queryRaw<{ count: number; windowStartedAt: Date }[]>`
    INSERT INTO throttles AS throttle (key, count, window_started_at)
    VALUES (${throttleKey(throttle, subject)}, 1, ${at}::timestamptz)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE
        WHEN throttle.window_started_at <= ${endOfOldWindows}::timestamptz THEN 1
        ELSE least(throttle.count, ${throttle.attempts + 1}::int) + 1 END,
      window_started_at = CASE
        WHEN throttle.window_started_at <= ${endOfOldWindows}::timestamptz THEN excluded.window_started_at
        ELSE throttle.window_started_at END
    RETURNING count, window_started_at AS "windowStartedAt"`;
  if (row === undefined) throw new Error("The attempt was not counted");
  if (row.count === 1) await removeOldThrottles(from, at);
  const { count } = row;
  const left = Math.max(0, throttle.attempts - count);
  if (count <= throttle.attempts) return { count, left, retryAt: null, isFirstRefusal: false };
  const retryAt = new Date(row.windowStartedAt.getTime() + throttle.windowMs);
  return { count, left, retryAt, isFirstRefusal: count === throttle.attempts + 1 };
}
