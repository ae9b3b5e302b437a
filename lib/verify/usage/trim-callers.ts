import { database } from "@/lib/db/client";

/** How many callers of a key and hour keep their own rows; the others are added up in one row per secret. */
export const callersShown = 20;
/** How many callers may gather before the least busy are added up, so that a busy one that starts late is not lost. */
const callersGathered = 2 * callersShown;
/**
 * How many hours back callers are trimmed. Most calls are written soon, but a disconnected client may report an hour
 * late.
 */
const hoursTrimmed = 3;
const keysAtOnce = 200;

/**
 * Adds up the least busy callers wherever too many have gathered. Like a fold, it locks the keys first, in the order of
 * their ids, and is one statement: no call is lost or counted twice, on however many nodes it runs.
 *
 * @throws if the database does not respond
 */
export async function trimCallers(now: Date, signal?: AbortSignal): Promise<void> {
  while (signal?.aborted !== true && (await trimSome(now)) === keysAtOnce);
}

/** @returns how many keys and hours had too many callers */
async function trimSome(now: Date): Promise<number> {
  const from = new Date(now.getTime() - hoursTrimmed * 60 * 60 * 1000);
  const [row] = await database().$queryRaw<{ found: number }[]>`
    WITH crowded AS MATERIALIZED (
      SELECT key_id, hour FROM api_key_caller_hours WHERE hour >= ${from}::timestamptz AND NOT is_rest
      GROUP BY key_id, hour HAVING count(*) > ${callersGathered} LIMIT ${keysAtOnce}
    ),
    keys AS MATERIALIZED (
      SELECT id FROM api_keys WHERE id IN (SELECT key_id FROM crowded) ORDER BY id FOR NO KEY UPDATE
    ),
    placed AS MATERIALIZED (
      SELECT c.key_id, c.hour, c.secret_id, c.address, c.client, row_number() OVER (
        PARTITION BY c.key_id, c.hour ORDER BY c.accepted + c.refused DESC, c.address, c.client, c.secret_id
      ) AS place
      FROM api_key_caller_hours c JOIN crowded USING (key_id, hour) JOIN keys ON keys.id = c.key_id WHERE NOT c.is_rest
    ),
    gone AS (
      DELETE FROM api_key_caller_hours c USING placed p
      WHERE p.place > ${callersShown} AND NOT c.is_rest AND c.key_id = p.key_id AND c.hour = p.hour
        AND c.secret_id = p.secret_id AND c.address = p.address AND c.client = p.client
      RETURNING c.organization_id, c.key_id, c.hour, c.secret_id, c.accepted, c.refused, c.last_at
    ),
    added AS (
      INSERT INTO api_key_caller_hours AS r
        (organization_id, key_id, hour, secret_id, is_rest, address, client, accepted, refused, last_at)
      SELECT organization_id, key_id, hour, secret_id, true, '', '', sum(accepted), sum(refused), max(last_at)
      FROM gone GROUP BY organization_id, key_id, hour, secret_id
      ON CONFLICT (key_id, hour, secret_id, is_rest, address, client) DO UPDATE
      SET accepted = r.accepted + excluded.accepted, refused = r.refused + excluded.refused,
        last_at = greatest(r.last_at, excluded.last_at)
    )
    SELECT count(*)::int AS found FROM crowded`;
  return row?.found ?? 0;
}
