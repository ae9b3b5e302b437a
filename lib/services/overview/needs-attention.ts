import { lastCreatedOfEnded } from "@/lib/core/keys/effective-end";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Organization } from "@/lib/services/access/context";
import type { KeyCount } from "../keys/read/key-view";
import { statusSql } from "../keys/read/status-where";
import { readKeyCallers } from "../keys/read/usage/key-callers";
import type { Attention } from "./overview-view";

const dayMs = 24 * 60 * 60 * 1000;
const leaksShownDays = 7;
const expiringWithinDays = 7;
/** The list of keys shows more of one kind. */
const mostOfKind = 3;
const countedAtMost = 1000;

/** What needs attention in an organization, most urgent first. Each part uses an index of its own. */
export async function readAttention(organization: Organization, now: Date): Promise<readonly Attention[]> {
  const parts = [readLeaked, readOldSecrets, readExpiring, readOverPrivileged];
  const found = await Promise.all(parts.map((read) => read(organization, now)));
  return found.flat();
}

async function readLeaked({ id }: Organization, now: Date): Promise<Attention[]> {
  const since = new Date(now.getTime() - leaksShownDays * dayMs);
  const rows = await database().$queryRaw<Omit<Extract<Attention, { kind: "leaked" }>, "kind">[]>`
    SELECT k.id AS "keyId", k.name, k.done, k.at, (
      SELECT coalesce(sum(calls), 0)::float8 FROM api_key_usage_hours h
      WHERE h.key_id = k.id AND h.hour >= date_trunc('hour', k.at) - interval '24 hours'
        AND h.hour <= k.at AND h.outcome = 'VALID'
    ) AS "acceptedBefore", (
      SELECT coalesce(sum(calls), 0)::float8 FROM api_key_usage_hours h
      WHERE h.key_id = k.id AND h.hour >= date_trunc('hour', k.at) AND h.outcome IN ('REVOKED', 'PAUSED')
    ) AS "refusedSince"
    FROM (
      (SELECT id, name, 'revoked' AS done, revoked_at AS at FROM api_keys
        WHERE organization_id = ${id}::uuid AND revocation_reason = 'leaked' AND deleted_at IS NULL
          AND revoked_at >= ${since}::timestamptz ORDER BY revoked_at DESC LIMIT ${mostOfKind})
      UNION ALL
      (SELECT id, name, 'paused', paused_at FROM api_keys
        WHERE organization_id = ${id}::uuid AND paused_by_id IS NULL AND paused_at >= ${since}::timestamptz
          AND revoked_at IS NULL AND deleted_at IS NULL ORDER BY paused_at DESC LIMIT ${mostOfKind})
    ) k ORDER BY k.at DESC LIMIT ${mostOfKind}`;
  return rows.map((row) => ({ kind: "leaked", ...row }));
}

type OldSecret = { id: string; name: string; version: number; endsAt: Date; rolledAt: Date };

/** Previous secrets that still work and, since their roll, were accepted within the last day. */
async function readOldSecrets(organization: Organization, now: Date): Promise<Attention[]> {
  const rows = await database().$queryRaw<OldSecret[]>`
    SELECT k.id, k.name, s.version, s.ends_at AS "endsAt", c.created_at AS "rolledAt"
    FROM api_key_secrets s JOIN api_keys k ON k.id = s.key_id AND k.organization_id = s.organization_id
    JOIN api_key_secrets c ON c.key_id = k.id AND c.organization_id = k.organization_id AND c.ends_at IS NULL
    WHERE s.organization_id = ${organization.id}::uuid AND s.ends_at > ${now}::timestamptz
      AND s.last_used_at >= ${new Date(now.getTime() - dayMs)}::timestamptz AND s.last_used_at > c.created_at
      AND k.deleted_at IS NULL AND k.paused_at IS NULL AND ${statusSql("active", { ...organization, now })}
    ORDER BY s.ends_at LIMIT ${4 * mostOfKind}`;
  const read = rows.map(async ({ id, name, version, endsAt, rolledAt }) => {
    const callers = await readKeyCallers({ id, organizationId: organization.id }, now);
    const own = callers.filter(({ secretVersion, lastAt }) => secretVersion === version && lastAt > rolledAt);
    const callsLastHour = own.reduce((sum, caller) => sum + caller.callsLastHour, 0);
    return { kind: "old_secret" as const, keyId: id, name, endsAt, callsLastHour, clients: own.length };
  });
  const found = (await Promise.all(read)).filter(({ clients }) => clients > 0);
  return found.slice(0, mostOfKind);
}

/** Keys that will soon reach their effective end, set by their own expiry or by the maximum lifetime. */
async function readExpiring(organization: Organization, now: Date): Promise<Attention[]> {
  const { id, maximumLifetimeDays, defaultKeyId } = organization;
  const end = new Date(now.getTime() + expiringWithinDays * dayMs);
  const active = statusSql("active", { ...organization, now });
  const own = Prisma.sql`(SELECT k.id, k.name, k.last_used_at FROM api_keys k
    WHERE k.organization_id = ${id}::uuid AND k.deleted_at IS NULL AND ${active}
      AND k.expires_at > ${now}::timestamptz AND k.expires_at < ${end}::timestamptz
    ORDER BY k.expires_at LIMIT ${countedAtMost + 1})`;
  const created = lastCreatedOfEnded(maximumLifetimeDays, end);
  const byPolicy = Prisma.sql`(SELECT k.id, k.name, k.last_used_at FROM api_keys k
    WHERE k.organization_id = ${id}::uuid AND k.deleted_at IS NULL AND ${active} AND k.id <> ${defaultKeyId ?? ""}
      AND k.created_at < ${created}::timestamptz AND k.created_at >= ${lastCreatedOfEnded(maximumLifetimeDays, now)}::timestamptz
    ORDER BY k.created_at LIMIT ${countedAtMost + 1})`;
  const [row] = await database().$queryRaw<{ count: number; used: string[] | null }[]>`
    WITH found AS MATERIALIZED (${created === null ? own : Prisma.sql`${own} UNION ${byPolicy}`})
    SELECT (SELECT count(*)::int FROM found) AS count, ARRAY(
      SELECT name FROM found WHERE last_used_at >= ${new Date(now.getTime() - dayMs)}::timestamptz
      ORDER BY last_used_at DESC LIMIT 2
    ) AS used`;
  if (row === undefined || row.count === 0) return [];
  return [{ kind: "expiring", keys: atMost(row.count), used: row.used ?? [] }];
}

async function readOverPrivileged(organization: Organization, now: Date): Promise<Attention[]> {
  const [row] = await database().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM api_keys k WHERE k.organization_id = ${organization.id}::uuid AND k.over_privileged
        AND k.deleted_at IS NULL AND ${statusSql("active", { ...organization, now })}
      ORDER BY k.created_at LIMIT ${countedAtMost + 1}
    ) found`;
  const count = row?.count ?? 0;
  return count === 0 ? [] : [{ kind: "over_privileged", keys: atMost(count) }];
}

function atMost(count: number): KeyCount {
  return { count: Math.min(count, countedAtMost), isAll: count <= countedAtMost };
}
