import { database } from "@/lib/db/client";

const dayMs = 24 * 60 * 60 * 1000;
const hoursAtOnce = 5000;

/** Calls are stored by the hour for this long, and by the day after that. */
export const usageHoursDays = 90;

/** The start (UTC) of the first day that is stored by the hour at `now`. */
export function usageHoursFrom(now: Date): Date {
  return new Date(now.getTime() - (now.getTime() % dayMs) - usageHoursDays * dayMs);
}

/**
 * Moves hourly counts that are too old into daily counts, until none is left or `signal` aborts. Each statement moves a
 * few and is atomic, so it blocks nobody for long, and a crash neither loses nor doubles counts. Several nodes may run
 * this at once: row locks keep each from the rows that another is moving.
 *
 * @throws when the database does not answer
 */
export async function compactUsage(now: Date, signal?: AbortSignal): Promise<void> {
  const from = usageHoursFrom(now);
  while (signal?.aborted !== true && (await moveHours(from)) > 0);
}

/** @returns how many daily counts it wrote */
function moveHours(before: Date): Promise<number> {
  return database().$executeRaw`
    WITH moved AS (
      DELETE FROM api_key_usage_hours h WHERE (h.key_id, h.hour, h.outcome) IN (
        SELECT key_id, hour, outcome FROM api_key_usage_hours
        WHERE hour < ${before}::timestamptz ORDER BY hour LIMIT ${hoursAtOnce} FOR UPDATE SKIP LOCKED
      ) RETURNING organization_id, key_id, (hour AT TIME ZONE 'UTC')::date AS day, outcome, calls
    )
    INSERT INTO api_key_usage_days AS d (organization_id, key_id, day, outcome, calls)
    SELECT organization_id, key_id, day, outcome, sum(calls) FROM moved
    GROUP BY organization_id, key_id, day, outcome ORDER BY key_id, day, outcome
    ON CONFLICT (key_id, day, outcome) DO UPDATE SET calls = d.calls + excluded.calls`;
}
