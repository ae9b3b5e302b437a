import { database } from "@/lib/db/client";
import { removeOldThrottles } from "./remove-old-throttles";
import type { Throttle } from "./throttle";
import { throttleKey } from "./throttle";

export type Attempt = {
  /** Which one of its window it is. */
  readonly count: number;
  readonly left: number;
  /** null when it may be made; otherwise the time from which one may again. */
  readonly retryAt: Date | null;
  /** The one that found the window full; those after it find it refused already. */
  readonly isFirstRefusal: boolean;
};

/**
 * Counts an attempt before it is made, in one statement, so that any number of simultaneous attempts
 * get no more than their share.
 */
export async function countAttempt(throttle: Throttle, subject: string, at: Date): Promise<Attempt> {
  const endOfOldWindows = new Date(at.getTime() - throttle.windowMs);
  // A refused attempt neither moves the window nor counts up for ever.
  const [row] = await database().$queryRaw<{ count: number; windowStartedAt: Date }[]>`
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
  if (row.count === 1) await removeOldThrottles(at);
  const { count } = row;
  const left = Math.max(0, throttle.attempts - count);
  if (count <= throttle.attempts) return { count, left, retryAt: null, isFirstRefusal: false };
  const retryAt = new Date(row.windowStartedAt.getTime() + throttle.windowMs);
  return { count, left, retryAt, isFirstRefusal: count === throttle.attempts + 1 };
}
