import { periodStart } from "@/lib/core/keys/usage-period";
import { database } from "@/lib/db/client";
import type { KeyRow, ListedKey } from "./key-view";

const hourMs = 60 * 60 * 1000;
const shownHours = 24;

/**
 * Adds the calls of the last 24 hours to the keys of a page: the current hour and the 23 before it. Like a key's
 * impact, it counts successful calls, which would fail if the key ended.
 */
export async function withActivity(
  organizationId: string,
  rows: readonly KeyRow[],
  now: Date,
): Promise<ListedKey[]> {
  const ids = rows.map(({ id }) => id);
  const rolling = rows.filter(({ graceEndsAt }) => graceEndsAt !== null).map(({ id }) => id);
  const [hours, uses] = await Promise.all([
    readHours(organizationId, ids, now),
    readPreviousUses(organizationId, rolling, now),
  ]);
  return rows.map((row) => ({
    ...row,
    hourlyCalls: hours.get(row.id) ?? [],
    previousSecretUsedAt: uses.get(row.id) ?? null,
  }));
}

/** One query for all keys of a page, which reads 24 rows per key by the primary key. */
async function readHours(organizationId: string, ids: readonly string[], now: Date) {
  const hours = new Map<string, number[]>();
  if (ids.length === 0) return hours;
  const first = periodStart(now, "hour").getTime() - (shownHours - 1) * hourMs;
  const counted = await database().$queryRaw<{ id: string; hour: number; calls: number }[]>`
    SELECT key_id AS id, floor(extract(epoch FROM hour - ${new Date(first)}::timestamptz) / 3600)::int AS hour, calls
    FROM api_key_usage_hours
    WHERE organization_id = ${organizationId}::uuid AND key_id = ANY(${ids}::text[]) AND outcome = 'VALID'
      AND hour >= ${new Date(first)}::timestamptz AND hour <= ${now}::timestamptz`;
  for (const { id, hour, calls } of counted) {
    const known = hours.get(id) ?? Array.from({ length: shownHours }, () => 0);
    known[hour] = calls;
    hours.set(id, known);
  }
  return hours;
}

/** When the previous secrets of these keys were last used after the roll that replaced them. */
async function readPreviousUses(organizationId: string, ids: readonly string[], now: Date) {
  if (ids.length === 0) return new Map<string, Date>();
  const used = await database().$queryRaw<{ id: string; at: Date }[]>`
    SELECT previous.key_id AS id, max(previous.last_used_at) AS at
    FROM api_key_secrets previous
    JOIN api_key_secrets newest ON newest.organization_id = previous.organization_id
      AND newest.key_id = previous.key_id AND newest.ends_at IS NULL
    WHERE previous.organization_id = ${organizationId}::uuid AND previous.key_id = ANY(${ids}::text[])
      AND previous.ends_at > ${now}::timestamptz AND previous.last_used_at > newest.created_at
    GROUP BY previous.key_id`;
  return new Map(used.map(({ id, at }) => [id, at]));
}
