import { database } from "@/lib/db/client";
import { organizationsPart } from "./usage-batch";

const batchesAtOnce = 200;

/**
 * Adds the usage that all nodes wrote to `usage_batches` to the keys, secrets, callers, demanded permissions and
 * organizations, and deletes the batches. Any number of nodes may run this at once: each takes batches that no other
 * has taken.
 *
 * @throws if the database does not respond; the current statement then has no effect
 */
export async function foldUsage(): Promise<void> {
  const parts = await database().$queryRaw<{ part: number }[]>`
    SELECT DISTINCT part FROM usage_batches ORDER BY part`;
  for (const { part } of parts) {
    const fold = () => (part === organizationsPart ? foldOrganizations() : foldPart(part));
    while ((await fold()) === batchesAtOnce);
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
      ) RETURNING calls, demands
    ),
    tallies AS MATERIALIZED (
      SELECT c.key, c.secret, to_timestamp(coalesce(c.hour, c.at - c.at % 3600000) / 1000.0) AS hour,
        coalesce(c.outcome, 'VALID') AS outcome, c.calls,
        to_timestamp(c.at / 1000.0) AS at, c.address, c.client, coalesce(c.rest, false) AS rest
      FROM taken, jsonb_to_recordset(taken.calls) AS c(key text, secret uuid, hour bigint, outcome usage_outcome,
        calls bigint, at bigint, address text, client text, rest boolean)
    ),
    keys AS MATERIALIZED (
      SELECT k.id, k.organization_id FROM api_keys k
      WHERE k.id IN (SELECT key FROM tallies) ORDER BY k.id FOR NO KEY UPDATE
    ),
    used_keys AS (
      UPDATE api_keys k SET last_used_at = u.at, last_used_address = u.address, last_used_client = u.client
      FROM (
        SELECT DISTINCT ON (key) key, at, address, client FROM tallies
        -- Counts written by the previous version have no time within the hour: see the migration callers_and_demands.
        WHERE outcome = 'VALID' AND at IS NOT NULL ORDER BY key, at DESC
      ) u
      JOIN keys ON keys.id = u.key
      WHERE k.id = keys.id AND (k.last_used_at IS NULL OR k.last_used_at <= u.at)
    ),
    used_secrets AS (
      UPDATE api_key_secrets s
      SET last_used_at = greatest(s.last_used_at, u.at), was_refused = s.was_refused OR u.refused
      FROM (
        SELECT key, secret, max(at) FILTER (WHERE outcome = 'VALID') AS at, bool_or(outcome <> 'VALID') AS refused
        FROM tallies GROUP BY key, secret
      ) u
      JOIN keys ON keys.id = u.key
      WHERE s.id = u.secret AND (
        u.at > coalesce(s.last_used_at, '-infinity') OR (u.refused AND NOT s.was_refused)
      )
    ),
    counted AS (
      INSERT INTO api_key_usage_hours AS h (organization_id, key_id, hour, outcome, calls)
      SELECT keys.organization_id, keys.id, t.hour, t.outcome, least(sum(t.calls), 2147483647)
      FROM tallies t JOIN keys ON keys.id = t.key
      GROUP BY keys.organization_id, keys.id, t.hour, t.outcome HAVING sum(t.calls) > 0
      ORDER BY keys.id, t.hour, t.outcome
      ON CONFLICT (key_id, hour, outcome)
      DO UPDATE SET calls = least(h.calls::bigint + excluded.calls, 2147483647)
    ),
    called AS (
      INSERT INTO api_key_caller_hours AS c
        (organization_id, key_id, hour, secret_id, is_rest, address, client, accepted, refused, last_at)
      SELECT keys.organization_id, keys.id, t.hour, t.secret, t.rest,
        coalesce(CASE WHEN NOT t.rest THEN t.address END, ''), coalesce(CASE WHEN NOT t.rest THEN t.client END, ''),
        coalesce(sum(t.calls) FILTER (WHERE t.outcome = 'VALID'), 0),
        coalesce(sum(t.calls) FILTER (WHERE t.outcome <> 'VALID'), 0), max(t.at)
      FROM tallies t JOIN keys ON keys.id = t.key WHERE t.secret IS NOT NULL AND t.calls > 0
      GROUP BY 1, 2, 3, 4, 5, 6, 7
      ON CONFLICT (key_id, hour, secret_id, is_rest, address, client) DO UPDATE
      SET accepted = c.accepted + excluded.accepted, refused = c.refused + excluded.refused,
        last_at = greatest(c.last_at, excluded.last_at)
    ),
    demanded AS (
      INSERT INTO api_key_permission_days AS d (organization_id, key_id, day, permission, calls)
      SELECT keys.organization_id, keys.id, (to_timestamp(t.day / 1000.0) AT TIME ZONE 'UTC')::date, t.permission,
        sum(t.calls)
      FROM taken, jsonb_to_recordset(taken.demands) AS t(key text, day bigint, permission text, calls bigint)
      JOIN keys ON keys.id = t.key
      GROUP BY 1, 2, 3, 4
      ON CONFLICT (key_id, day, permission) DO UPDATE SET calls = d.calls + excluded.calls
    )
    SELECT count(*)::int AS taken FROM taken`;
  return row?.taken ?? 0;
}

/** Adds the organizations' own counts. Their rows are also locked in order, and no key is locked meanwhile. */
async function foldOrganizations(): Promise<number> {
  const [row] = await database().$queryRaw<{ taken: number }[]>`
    WITH taken AS (
      DELETE FROM usage_batches WHERE id IN (
        SELECT id FROM usage_batches WHERE part = ${organizationsPart} LIMIT ${batchesAtOnce} FOR UPDATE SKIP LOCKED
      ) RETURNING calls
    ),
    counted AS (
      INSERT INTO organization_usage_hours AS h (organization_id, hour, outcome, calls)
      SELECT o.id, to_timestamp(c.hour / 1000.0), c.outcome, sum(c.calls)
      FROM taken, jsonb_to_recordset(taken.calls)
        AS c(organization uuid, hour bigint, outcome call_outcome, calls bigint)
      JOIN organizations o ON o.id = c.organization
      GROUP BY o.id, c.hour, c.outcome ORDER BY o.id, c.hour, c.outcome
      ON CONFLICT (organization_id, hour, outcome) DO UPDATE SET calls = h.calls + excluded.calls
    )
    SELECT count(*)::int AS taken FROM taken`;
  return row?.taken ?? 0;
}
