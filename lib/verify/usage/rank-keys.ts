import { database } from "@/lib/db/client";

/** How many keys are stored as the busiest of each organization and hour. */
export const keysRanked = 20;
/** How many hours are ranked, since counts of an hour can still arrive in the next one. */
const hoursRanked = 2;
/** An arbitrary constant for an advisory lock. */
const lockNumber = 7_243_001;

/**
 * Stores the busiest keys of the current hour and the one before, for each organization. If another node is doing this,
 * does nothing.
 *
 * @throws if the database does not respond
 */
export async function rankKeys(now: Date): Promise<void> {
  const hour = now.getTime() - (now.getTime() % 3_600_000);
  const from = new Date(hour - (hoursRanked - 1) * 3_600_000);
  await database().$executeRaw`
    WITH mine AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(${lockNumber}::bigint) AS is_mine),
    busiest AS MATERIALIZED (
      SELECT organization_id, hour, key_id, calls FROM (
        SELECT organization_id, hour, key_id, sum(calls) AS calls, row_number() OVER (
          PARTITION BY organization_id, hour ORDER BY sum(calls) DESC, key_id
        ) AS place
        FROM api_key_usage_hours WHERE hour >= ${from}::timestamptz AND (SELECT is_mine FROM mine)
        GROUP BY organization_id, hour, key_id
      ) counted WHERE place <= ${keysRanked}
    ),
    gone AS (
      DELETE FROM organization_busy_keys k WHERE k.hour >= ${from}::timestamptz AND (SELECT is_mine FROM mine)
        AND NOT EXISTS (SELECT 1 FROM busiest b
          WHERE b.organization_id = k.organization_id AND b.hour = k.hour AND b.key_id = k.key_id)
    )
    INSERT INTO organization_busy_keys AS k (organization_id, hour, key_id, calls)
    SELECT organization_id, hour, key_id, calls FROM busiest
    ON CONFLICT (organization_id, hour, key_id) DO UPDATE SET calls = excluded.calls WHERE k.calls <> excluded.calls`;
}
