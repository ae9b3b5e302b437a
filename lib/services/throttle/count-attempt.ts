import { database } from "@/lib/db/client";
import { removeOldThrottles } from "./remove-old-throttles";
import type { Throttle } from "./throttle";
import { throttleKey } from "./throttle";

/**
 * Counts an attempt before it is made, in one statement, so that any number of simultaneous attempts
 * get no more than their share. Null when it may be made; otherwise the time from which one may again.
 */
export async function countAttempt(throttle: Throttle, subject: string, at: Date): Promise<Date | null> {
  const endOfOldWindows = new Date(at.getTime() - throttle.windowMs);
  // A refused attempt neither moves the window nor counts up for ever.
  const [row] = await database().$queryRaw<{ count: number; windowStartedAt: Date }[]>`
    INSERT INTO throttles AS throttle (key, count, window_started_at)
    VALUES (${throttleKey(throttle, subject)}, 1, ${at}::timestamptz)
    ON CONFLICT (key) DO UPDATE SET
      count = CASE
        WHEN throttle.window_started_at <= ${endOfOldWindows}::timestamptz THEN 1
        ELSE least(throttle.count, ${throttle.attempts}::int) + 1 END,
      window_started_at = CASE
        WHEN throttle.window_started_at <= ${endOfOldWindows}::timestamptz THEN excluded.window_started_at
        ELSE throttle.window_started_at END
    RETURNING count, window_started_at AS "windowStartedAt"`;
  if (row === undefined) throw new Error("The attempt was not counted");
  if (row.count === 1) await removeOldThrottles(at);
  if (row.count <= throttle.attempts) return null;
  return new Date(row.windowStartedAt.getTime() + throttle.windowMs);
}
