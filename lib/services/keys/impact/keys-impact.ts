import { createHash } from "node:crypto";
import type { KeyUse } from "@/lib/core/keys/impact/key-use";
import { keyUse, keyUseStarts } from "@/lib/core/keys/impact/key-use";
import { periodStart, periodStarts } from "@/lib/core/keys/usage-period";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** A key that a change would end or limit, with its current usage. */
export type WithUse<Key> = Key & {
  readonly use: KeyUse;
  /** Successful calls in the last 24 hours. */
  readonly calls: number;
};

/** The usage of keys that a change would end or limit. */
export type UseOfKeys = {
  readonly total: number;
  readonly counts: Readonly<Record<KeyUse, number>>;
  /** Successful calls per hour (UTC) in the last 24 hours, the current hour last. */
  readonly hours: readonly { readonly start: Date; readonly calls: number }[];
  /** A fingerprint of the keys and which of them are in use, to detect that either has changed. */
  readonly seen: string;
};

/** Some of the keys, the most used first, and the usage of all. */
export type MostUsedKeys = {
  readonly use: UseOfKeys;
  readonly ids: readonly string[];
  /** Adds usage to the keys with these ids, and sorts them by it. */
  readonly withUse: <Key extends { readonly id: string; readonly lastUsedAt: Date | null }>(
    keys: readonly Key[],
  ) => WithUse<Key>[];
};

type Asked = {
  readonly organizationId: string;
  readonly now: Date;
  /** The range of rows to return, the most used key first. */
  readonly rows: ImpactRows;
  /** A condition on `key` for the ids to return. All keys are counted. */
  readonly shown?: Prisma.Sql;
};

/** The rows of one page of a dialog's list. */
export type ImpactRows = { readonly from: number; readonly atMost: number };

/** How many keys a dialog lists at first. */
export const mostUsed = 20;
const pageSize = 50;

/** Page 0 shows the most used keys; the following pages show all. */
export function impactPage(page: number): ImpactRows {
  return page === 0 ? { from: 0, atMost: mostUsed } : { from: (page - 1) * pageSize, atMost: pageSize };
}

type Found = {
  total: number;
  today: number;
  earlier: number;
  seen: string;
  hours: { start: number; calls: number }[];
  keys: { id: string; calls: number }[];
};

const hoursShown = 24;
const hourMs = 3_600_000;

function firstHour(now: Date): Date {
  return new Date(periodStart(now, "hour").getTime() - (hoursShown - 1) * hourMs);
}

/**
 * The last 24 hours, the current one last. @param callsAt the calls in the hour that starts at this time, in
 * milliseconds since the epoch
 */
export function lastHours(now: Date, callsAt: (startMs: number) => number): UseOfKeys["hours"] {
  const starts = periodStarts(firstHour(now), new Date(now.getTime() + 1), "hour");
  return starts.map((start) => ({ start, calls: callsAt(start.getTime()) }));
}

/**
 * Counts thousands of keys in the database, and reads only the most used of them. Avoids joins: if PostgreSQL expects
 * few hours of calls, it compares each of thousands with each key.
 *
 * @param keys a statement that selects the keys: their `id`, `name`, `last_used_at`, and what `shown` needs
 */
export async function readUseOfKeys(
  keys: Prisma.Sql,
  { organizationId, now, rows, shown = Prisma.sql`TRUE` }: Asked,
): Promise<MostUsedKeys> {
  const from = firstHour(now);
  const { today, earlier } = keyUseStarts(now);
  const isUsed = Prisma.sql`coalesce(last_used_at > ${earlier}::timestamptz, FALSE)`;
  const [found] = await database().$queryRaw<Found[]>`
    WITH keys AS MATERIALIZED (${keys}),
    uses AS MATERIALIZED (SELECT key_id, hour, sum(calls)::float8 AS calls FROM api_key_usage_hours
      WHERE organization_id = ${organizationId}::uuid AND key_id = ANY(ARRAY(SELECT id FROM keys)) AND outcome = 'VALID'
        AND hour >= ${from}::timestamptz
      GROUP BY key_id, hour)
    SELECT count(*)::int AS total,
      count(*) FILTER (WHERE last_used_at > ${today}::timestamptz)::int AS today,
      count(*) FILTER (WHERE last_used_at > ${earlier}::timestamptz AND last_used_at <= ${today}::timestamptz)::int AS earlier,
      encode(sha256(convert_to(coalesce(string_agg(id || CASE WHEN ${isUsed} THEN ' used' ELSE ' idle' END, E'\n'
        ORDER BY id COLLATE "C"), ''), 'UTF8')), 'base64') AS seen,
      (SELECT coalesce(json_agg(json_build_object('start', start, 'calls', calls)), '[]') FROM (
        SELECT extract(epoch FROM hour)::float8 * 1000 AS start, sum(calls) AS calls FROM uses GROUP BY hour) hours) AS hours,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'calls', calls)), '[]') FROM (
        SELECT id, sum(calls) AS calls FROM (
          SELECT key.id, key.name, key.last_used_at, 0 AS calls, TRUE AS listed FROM keys key WHERE ${shown}
          UNION ALL SELECT key_id, NULL, NULL, calls, FALSE FROM uses) each
        GROUP BY id HAVING bool_or(listed)
        ORDER BY calls DESC, max(last_used_at) DESC NULLS LAST, max(name) COLLATE "C", id COLLATE "C"
        LIMIT ${rows.atMost} OFFSET ${rows.from}) shown) AS keys
    FROM keys`;
  if (found === undefined) throw new Error("A count without a row");
  const hourly = new Map(found.hours.map(({ start, calls }) => [start, calls]));
  return {
    ids: found.keys.map(({ id }) => id),
    use: {
      total: found.total,
      counts: {
        today: found.today,
        earlier: found.earlier,
        idle: found.total - found.today - found.earlier,
      },
      hours: lastHours(now, (start) => hourly.get(start) ?? 0),
      seen: Buffer.from(found.seen, "base64").toString("base64url"),
    },
    withUse: (known) => {
      const byId = new Map(known.map((key) => [key.id, key]));
      return found.keys.flatMap(({ id, calls }) => {
        const key = byId.get(id);
        return key === undefined ? [] : [{ ...key, use: keyUse(key.lastUsedAt, now), calls }];
      });
    },
  };
}

/** A fingerprint of these keys, which changes when one of them becomes used or idle; also in `UseOfKeys`. */
export function seenOf(keys: readonly { readonly id: string; readonly use: KeyUse }[]): string {
  const lines = keys.map(({ id, use }) => `${id} ${use === "idle" ? "idle" : "used"}`).sort();
  return createHash("sha256").update(lines.join("\n")).digest("base64url");
}
