import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import { effectiveEnd, lastCreatedOfEnded } from "@/lib/core/keys/effective-end";
import { keyUseStarts } from "@/lib/core/keys/impact/key-use";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";
import {
  impactPage,
  lastHours,
  mostUsed,
  readUseOfKeys,
  type UseOfKeys,
} from "@/lib/services/keys/impact/keys-impact";
import { type ListedImpact, listImpact } from "@/lib/services/keys/impact/most-used-keys";
import { daysSql, statusSql } from "@/lib/services/keys/read/status-where";

/** How many keys a shorter maximum ends at once, and how many in the following days. */
export type EndingKeys = { readonly now: number; readonly soon: number };

/** `endsAt` is null if the key ends at once. */
export type EndingKey = ListedImpact & { readonly endsAt: Date | null };

/** The effects of a shorter maximum lifetime. */
export type LifetimePreview = EndingKeys &
  Pick<UseOfKeys, "counts" | "hours"> & {
    readonly maximumLifetimeDays: number;
    /** The time that the counts refer to. */
    readonly at: Date;
    /** Calls of the last 24 hours with the keys that end at once, and with those that end soon. */
    readonly callsNow: number;
    readonly callsSoon: number;
    /** The keys with the most calls come first. */
    readonly keys: readonly EndingKey[];
    /**
     * How many more keys expire earlier than before, counted up to `shortenedMaximum` plus one, and the most used of
     * them.
     */
    readonly later: { readonly count: number; readonly keys: readonly EndingKey[] };
  };

/** A change to a maximum that is shorter than in `policy`. */
export type Shortening = {
  readonly organizationId: OrganizationId;
  readonly policy: LifetimePolicy;
  readonly maximumLifetimeDays: number;
  readonly at: Date;
};

const dayMs = 24 * 60 * 60 * 1000;
const soonDays = 7;

/** Selects the keys that are live under the current policy and would end at once or soon; `k` is the key. */
function ending({ organizationId, policy, maximumLifetimeDays, at }: Shortening): Prisma.Sql {
  const { soon } = boundaries(maximumLifetimeDays, at);
  const bound = { maximumLifetimeDays: policy.maximumLifetimeDays, defaultKeyId: policy.defaultKeyId };
  // Keys whose own expiry comes first lose nothing.
  return Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL
    AND ${statusSql("active", { ...bound, now: at })} AND k.created_at <= ${soon}::timestamptz
    AND (k.expires_at IS NULL OR k.expires_at > greatest(${at}::timestamptz, k.created_at + ${daysSql(maximumLifetimeDays)}))
    AND k.id IS DISTINCT FROM ${policy.defaultKeyId}`;
}

/** Keys created until `now` end at once, those created until `soon` in the following days. */
function boundaries(maximumLifetimeDays: number, at: Date): { readonly now: Date; readonly soon: Date } {
  const now = lastCreatedOfEnded(maximumLifetimeDays, at) ?? at;
  return { now, soon: new Date(now.getTime() + soonDays * dayMs) };
}

export async function countEnding(transaction: Transaction, change: Shortening): Promise<EndingKeys> {
  const { now } = boundaries(change.maximumLifetimeDays, change.at);
  const [counted] = await transaction.$queryRaw<EndingKeys[]>`
    SELECT count(*) FILTER (WHERE k.created_at <= ${now}::timestamptz)::int AS now,
      count(*) FILTER (WHERE k.created_at > ${now}::timestamptz)::int AS soon
    FROM api_keys k WHERE ${ending(change)}`;
  return counted ?? { now: 0, soon: 0 };
}

/** The dashboard says "more than" beyond this number, since keys are counted under the organization's lock. */
const shortenedMaximum = 10_000;

/** Selects keys that stay active but end earlier than before, however far in the future. */
function shortened({ organizationId, policy, maximumLifetimeDays, at }: Shortening): Prisma.Sql {
  const { defaultKeyId } = policy;
  return Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL
    AND ${statusSql("active", { maximumLifetimeDays, defaultKeyId, now: at })}
    AND (k.expires_at IS NULL OR k.expires_at > k.created_at + ${daysSql(maximumLifetimeDays)})
    AND k.id IS DISTINCT FROM ${defaultKeyId}`;
}

export async function countShortened(transaction: Transaction, change: Shortening): Promise<number> {
  const [counted] = await transaction.$queryRaw<{ keys: number }[]>`
    SELECT count(*)::int AS keys FROM (
      SELECT 1 FROM api_keys k WHERE ${shortened(change)} LIMIT ${shortenedMaximum + 1}
    ) shortened`;
  return counted?.keys ?? 0;
}

/** The shortened keys that do not end soon. */
async function readLater(transaction: Transaction, change: Shortening): Promise<LifetimePreview["later"]> {
  const { organizationId, maximumLifetimeDays, at: now } = change;
  const { soon } = boundaries(maximumLifetimeDays, now);
  const keys = Prisma.sql`SELECT k.id, k.name, k.last_used_at FROM api_keys k
    WHERE ${shortened(change)} AND k.created_at > ${soon}::timestamptz LIMIT ${shortenedMaximum + 1}`;
  const { use, ids, withUse } = await readUseOfKeys(keys, { organizationId, now, rows: impactPage(0) });
  const first = ids.map((id) => ({ id, calls: 0 }));
  const listed = withUse(await listImpact(transaction, organizationId, first, now));
  return {
    count: use.total,
    keys: listed.map((key) => ({ ...key, endsAt: endOf(key.createdAt, maximumLifetimeDays) })),
  };
}

type Row = EndingKeys &
  LifetimePreview["counts"] & {
    readonly callsNow: number;
    readonly callsSoon: number;
    readonly hours: readonly { readonly start: number; readonly calls: number }[];
    readonly keys: readonly { readonly id: string; readonly calls: number }[];
  };

/**
 * Totals over all keys, and the most used keys. One statement, so that all totals are from the same moment. Calls are
 * stored per hour, so these are from the current hour and the 23 before it. Avoids a join, as `readUseOfKeys` does.
 */
export async function previewLifetime(
  transaction: Transaction,
  change: Shortening,
): Promise<LifetimePreview> {
  const { organizationId, maximumLifetimeDays, at } = change;
  const { now } = boundaries(maximumLifetimeDays, at);
  const { today, earlier: idle } = keyUseStarts(at);
  const [row] = await transaction.$queryRaw<Row[]>`
    WITH ending AS MATERIALIZED (
      SELECT k.id, k.last_used_at, k.created_at <= ${now}::timestamptz AS at_once
      FROM api_keys k WHERE ${ending(change)}
    ), used AS MATERIALIZED (
      SELECT u.key_id, u.hour, u.calls::float8 AS calls FROM api_key_usage_hours u
      WHERE u.organization_id = ${organizationId}::uuid AND u.key_id = ANY(ARRAY(SELECT id FROM ending))
        AND u.outcome = 'VALID'
        AND u.hour > ${new Date(at.getTime() - dayMs)}::timestamptz
    ), listed AS MATERIALIZED (
      SELECT id, max(last_used_at) AS last_used_at, bool_or(at_once) AS at_once, sum(calls) AS calls FROM (
        SELECT id, last_used_at, at_once, 0 AS calls FROM ending
        UNION ALL SELECT key_id, NULL, NULL, calls FROM used) each
      GROUP BY id
    ), top AS (
      SELECT id, calls, row_number() OVER (ORDER BY calls DESC, last_used_at DESC NULLS LAST, at_once DESC, id) AS place
      FROM listed ORDER BY place LIMIT ${mostUsed}
    )
    SELECT count(*) FILTER (WHERE at_once)::int AS now, count(*) FILTER (WHERE NOT at_once)::int AS soon,
      coalesce(sum(calls) FILTER (WHERE at_once), 0)::float8 AS "callsNow",
      coalesce(sum(calls) FILTER (WHERE NOT at_once), 0)::float8 AS "callsSoon",
      count(*) FILTER (WHERE last_used_at > ${today}::timestamptz)::int AS today,
      count(*) FILTER (WHERE last_used_at <= ${today}::timestamptz AND last_used_at > ${idle}::timestamptz)::int AS earlier,
      count(*) FILTER (WHERE last_used_at IS NULL OR last_used_at <= ${idle}::timestamptz)::int AS idle,
      (SELECT coalesce(json_agg(json_build_object('start', extract(epoch FROM h.hour) * 1000, 'calls', h.calls)), '[]')
        FROM (SELECT hour, sum(calls)::float8 AS calls FROM used GROUP BY hour) h) AS hours,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'calls', calls) ORDER BY place), '[]') FROM top) AS keys
    FROM listed`;
  if (row === undefined) throw new Error("The statement returned no row");
  const { today: usedToday, earlier, idle: unused, hours, keys, ...totals } = row;
  const calls = new Map(hours.map((hour) => [hour.start, hour.calls]));
  const listed = await listImpact(transaction, organizationId, keys, at);
  return {
    ...{ maximumLifetimeDays, at, ...totals },
    counts: { today: usedToday, earlier, idle: unused },
    hours: lastHours(at, (start) => calls.get(start) ?? 0),
    keys: listed.map((key) => ({
      ...key,
      endsAt: key.createdAt <= now ? null : endOf(key.createdAt, maximumLifetimeDays),
    })),
    later: await readLater(transaction, change),
  };
}

function endOf(createdAt: Date, maximumLifetimeDays: number): Date | null {
  return effectiveEnd({ createdAt, expiresAt: null, maximumLifetimeDays });
}
