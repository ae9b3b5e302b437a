import { database } from "@/lib/db/client";

/** So many keys of an organization and hour can be among the busiest of a longer time. */
export const keysRanked = 20;
/** Counts of an hour can still arrive in the next one. */
const hoursRanked = 2;
/** Names this work among the database's advisory locks. */
const lockNumber = 7_243_001;

/**
 * Keeps the busiest keys of the current hour and the one before, for each organization. One node at a time: if another
 * is at it, this does nothing.
 *
 * @throws when the database does not answer
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
