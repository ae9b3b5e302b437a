import { database } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { BusyKey } from "./overview-view";

const hourMs = 60 * 60 * 1000;
const keysShown = 7;
const keysWeighed = 20;

type Span = { readonly from: Date; readonly now: Date };

/**
 * The keys with the most calls since `from`. Candidates are the busiest keys of each hour; their calls are then counted
 * in full.
 */
export async function readBusiestKeys(
  organizationId: OrganizationId,
  { from, now }: Span,
): Promise<readonly BusyKey[]> {
  const keys = await database().$queryRaw<Omit<BusyKey, "hours">[]>`
    WITH weighed AS MATERIALIZED (
      SELECT key_id FROM organization_busy_keys
      WHERE organization_id = ${organizationId}::uuid AND hour >= ${from}::timestamptz
      GROUP BY key_id ORDER BY sum(calls) DESC LIMIT ${keysWeighed}
    )
    SELECT k.id, k.name, coalesce(h.accepted, 0)::float8 AS accepted, coalesce(h.refused, 0)::float8 AS refused
    FROM weighed JOIN api_keys k ON k.id = weighed.key_id AND k.organization_id = ${organizationId}::uuid
    CROSS JOIN LATERAL (
      SELECT sum(calls) FILTER (WHERE outcome = 'VALID') AS accepted,
        sum(calls) FILTER (WHERE outcome <> 'VALID') AS refused
      FROM api_key_usage_hours h WHERE h.key_id = k.id AND h.hour >= ${from}::timestamptz
    ) h
    WHERE k.deleted_at IS NULL
    ORDER BY coalesce(h.accepted, 0) + coalesce(h.refused, 0) DESC, k.id LIMIT ${keysShown}`;
  const hours = await readLastDay(
    keys.map(({ id }) => id),
    now,
  );
  return keys.map((key) => ({ ...key, hours: hours(key.id) }));
}

async function readLastDay(keyIds: readonly string[], now: Date): Promise<(keyId: string) => number[]> {
  const first = now.getTime() - (now.getTime() % hourMs) - 23 * hourMs;
  const rows = await database().$queryRaw<{ keyId: string; index: number; calls: number }[]>`
    SELECT key_id AS "keyId", round((extract(epoch FROM hour) * 1000 - ${first}::float8) / ${hourMs}::float8)::int AS index,
      sum(calls)::float8 AS calls
    FROM api_key_usage_hours WHERE key_id = ANY(${keyIds}) AND hour >= ${new Date(first)}::timestamptz
    GROUP BY 1, 2`;
  return (keyId) => {
    const own = new Map(rows.filter((row) => row.keyId === keyId).map(({ index, calls }) => [index, calls]));
    return Array.from({ length: 24 }, (_, index) => own.get(index) ?? 0);
  };
}
