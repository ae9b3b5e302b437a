import { database } from "@/lib/db/client";

const batchesAtOnce = 200;

/**
 * Adds the usage that all nodes wrote to `usage_batches` to the keys, their secrets and their hours, and deletes the
 * batches. Any number of nodes may run this at once: each takes batches that no other has taken.
 *
 * @throws when the database does not answer; the current statement then has no effect
 */
export async function foldUsage(): Promise<void> {
  const parts = await database().$queryRaw<{ part: number }[]>`
    SELECT DISTINCT part FROM usage_batches ORDER BY part`;
  for (const { part } of parts) {
    while ((await foldPart(part)) === batchesAtOnce);
  }
}

/**
 * One statement, so a batch is deleted if and only if its counts were added. Times only move forward, so batches may
 * come in any order. The keys are locked in the order of their ids before anything is written: two nodes, or a node and
 * a verb that ends several keys, then wait for each other and never deadlock. The organization is the key's own; counts
 * for a key that does not exist are dropped.
 */
async function foldPart(part: number): Promise<number> {
  const [row] = await database().$queryRaw<{ taken: number }[]>`
    WITH taken AS (
      DELETE FROM usage_batches WHERE id IN (
        SELECT id FROM usage_batches WHERE part = ${part} LIMIT ${batchesAtOnce} FOR UPDATE SKIP LOCKED
      ) RETURNING calls, uses
    ),
    hours AS MATERIALIZED (
      SELECT c.key, to_timestamp(c.hour / 1000.0) AS hour, c.outcome, sum(c.calls) AS calls
      FROM taken, jsonb_to_recordset(taken.calls)
        AS c(key text, hour bigint, outcome usage_outcome, calls bigint)
      GROUP BY c.key, c.hour, c.outcome
    ),
    uses AS MATERIALIZED (
      SELECT u.key, u.secret, to_timestamp(u.at / 1000.0) AS at, u.address, u.client,
        coalesce(u.good, true) AS good
      FROM taken, jsonb_to_recordset(taken.uses)
        AS u(key text, secret uuid, at bigint, address text, client text, good boolean)
    ),
    keys AS MATERIALIZED (
      SELECT k.id, k.organization_id FROM api_keys k
      WHERE k.id IN (SELECT key FROM hours) ORDER BY k.id FOR NO KEY UPDATE
    ),
    used_keys AS (
      UPDATE api_keys k SET last_used_at = u.at, last_used_address = u.address, last_used_client = u.client
      FROM (SELECT DISTINCT ON (key) key, at, address, client FROM uses WHERE good ORDER BY key, at DESC) u
      JOIN keys ON keys.id = u.key
      WHERE k.id = keys.id AND (k.last_used_at IS NULL OR k.last_used_at <= u.at)
    ),
    used_secrets AS (
      UPDATE api_key_secrets s
      SET last_used_at = greatest(s.last_used_at, u.at), was_refused = s.was_refused OR u.refused
      FROM (
        SELECT key, secret, max(at) AS at, bool_or(NOT good) AS refused FROM uses GROUP BY key, secret
      ) u
      JOIN keys ON keys.id = u.key
      WHERE s.id = u.secret AND (
        u.at > coalesce(s.last_used_at, '-infinity') OR (u.refused AND NOT s.was_refused)
      )
    ),
    counted AS (
      INSERT INTO api_key_usage_hours AS h (organization_id, key_id, hour, outcome, calls)
      SELECT keys.organization_id, keys.id, hours.hour, hours.outcome, least(hours.calls, 2147483647)
      FROM hours JOIN keys ON keys.id = hours.key
      ORDER BY keys.id, hours.hour, hours.outcome
      ON CONFLICT (key_id, hour, outcome)
      DO UPDATE SET calls = least(h.calls::bigint + excluded.calls, 2147483647)
    )
    SELECT count(*)::int AS taken FROM taken`;
  return row?.taken ?? 0;
}
