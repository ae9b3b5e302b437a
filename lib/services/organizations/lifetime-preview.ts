import type { KeyType } from "@/lib/core/access/effective-permissions";
import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import { effectiveEnd, lastCreatedOfEnded } from "@/lib/core/keys/effective-end";
import { readTime } from "@/lib/core/read-time";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { daysSql, statusSql } from "@/lib/services/keys/read/status-where";
import type { PersonView } from "../keys/read/key-view";

/** How many keys a shorter maximum ends at once, and how many within the following days. */
export type EndingKeys = { readonly now: number; readonly soon: number };

/** Keys of one creator that end. `calls` is of the last 24 hours. */
export type EndingOfCreator = EndingKeys & {
  readonly creator: PersonView;
  readonly calls: number;
  /** The keys with the most calls. */
  readonly keys: readonly EndingKey[];
};

export type EndingKey = {
  readonly id: string;
  readonly name: string;
  readonly type: KeyType;
  /** Null: it ends at once. */
  readonly endsAt: Date | null;
  readonly calls: number;
};

/** What a shorter maximum lifetime would end. */
export type LifetimePreview = EndingKeys & {
  readonly maximumLifetimeDays: number;
  /** The moment for which this was read. */
  readonly at: Date;
  /** Calls of the last 24 hours with the keys that end at once, and with those that end soon. */
  readonly callsNow: number;
  readonly callsSoon: number;
  /** Those whose keys were used most. */
  readonly creators: readonly EndingOfCreator[];
  readonly moreCreators: number;
};

/** A shorter maximum than `policy` has. */
export type Shortening = {
  readonly organizationId: OrganizationId;
  readonly policy: LifetimePolicy;
  readonly maximumLifetimeDays: number;
  readonly at: Date;
};

const dayMs = 24 * 60 * 60 * 1000;
const soonDays = 7;
const [creatorsShown, keysShown] = [20, 5];

/** The keys that live under the present policy and would end at once or soon; `k` is the key. */
function ending({ organizationId, policy, maximumLifetimeDays, at }: Shortening): Prisma.Sql {
  const { soon } = boundaries(maximumLifetimeDays, at);
  const bound = { maximumLifetimeDays: policy.maximumLifetimeDays, defaultKeyId: policy.defaultKeyId };
  // A key that its own expiry ends earlier loses nothing.
  return Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL
    AND ${statusSql("active", { ...bound, now: at })} AND k.created_at <= ${soon}::timestamptz
    AND (k.expires_at IS NULL OR k.expires_at > greatest(${at}::timestamptz, k.created_at + ${daysSql(maximumLifetimeDays)}))
    AND k.id IS DISTINCT FROM ${policy.defaultKeyId}`;
}

/** Keys created until `now` end at once, those created until `soon` within the following days. */
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

/** The dashboard says "more than" beyond this many: the statement runs under the organization's lock. */
const shortenedMaximum = 10_000;

/** How many keys stay active but end earlier than before, however far away that is. */
export async function countShortened(transaction: Transaction, change: Shortening): Promise<number> {
  const { organizationId, policy, maximumLifetimeDays, at } = change;
  const { defaultKeyId } = policy;
  const [counted] = await transaction.$queryRaw<{ keys: number }[]>`
    SELECT count(*)::int AS keys FROM (
      SELECT 1 FROM api_keys k WHERE k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL
        AND ${statusSql("active", { maximumLifetimeDays, defaultKeyId, now: at })}
        AND (k.expires_at IS NULL OR k.expires_at > k.created_at + ${daysSql(maximumLifetimeDays)})
        AND k.id IS DISTINCT FROM ${defaultKeyId}
      LIMIT ${shortenedMaximum + 1}
    ) shortened`;
  return counted?.keys ?? 0;
}

type Row = EndingKeys & { callsNow: number; callsSoon: number; people: number; creators: CreatorJson[] };
type CreatorJson = Omit<EndingOfCreator, "keys"> & {
  keys: (Omit<EndingKey, "endsAt"> & { createdAt: string })[];
};

/**
 * Totals over all keys, and of the creators whose keys were used most, the keys used most. In one statement, so that
 * everything is from the same moment. Calls are stored per hour: these are of the current hour and the 23 before it.
 */
export async function previewLifetime(
  transaction: Transaction,
  change: Shortening,
): Promise<LifetimePreview> {
  const { organizationId, maximumLifetimeDays, at } = change;
  const { now } = boundaries(maximumLifetimeDays, at);
  const [row] = await transaction.$queryRaw<Row[]>`
    WITH ending AS MATERIALIZED (
      SELECT k.id, k.name, k.type, k.creator_id, k.created_at, k.created_at <= ${now}::timestamptz AS at_once
      FROM api_keys k WHERE ${ending(change)}
    ), used AS MATERIALIZED (
      SELECT u.key_id, sum(u.calls)::float8 AS calls FROM api_key_usage_hours u
      WHERE u.organization_id = ${organizationId}::uuid AND u.outcome = 'VALID'
        AND u.hour > ${new Date(at.getTime() - dayMs)}::timestamptz
      GROUP BY u.key_id
    ), listed AS MATERIALIZED (
      SELECT e.*, coalesce(u.calls, 0) AS calls FROM ending e LEFT JOIN used u ON u.key_id = e.id
    ), people AS MATERIALIZED (
      SELECT creator_id, count(*) FILTER (WHERE at_once)::int AS now, count(*) FILTER (WHERE NOT at_once)::int AS soon,
        sum(calls) FILTER (WHERE at_once) AS calls_now, sum(calls) AS calls
      FROM listed GROUP BY creator_id
    ), top AS (
      SELECT p.*, c.name, c.email FROM people p JOIN users c ON c.id = p.creator_id
      ORDER BY p.calls DESC, p.now DESC, c.name, c.id LIMIT ${creatorsShown}
    )
    SELECT coalesce(sum(p.now), 0)::int AS now, coalesce(sum(p.soon), 0)::int AS soon,
      coalesce(sum(p.calls_now), 0)::float8 AS "callsNow",
      coalesce(sum(p.calls) - coalesce(sum(p.calls_now), 0), 0)::float8 AS "callsSoon", count(*)::int AS people,
      (SELECT coalesce(json_agg(json_build_object(
          'creator', json_build_object('id', top.creator_id, 'name', top.name, 'email', top.email),
          'now', top.now, 'soon', top.soon, 'calls', top.calls,
          'keys', (SELECT json_agg(json_build_object('id', l.id, 'name', l.name, 'type', l.type, 'calls', l.calls,
              'createdAt', l.created_at) ORDER BY l.calls DESC, l.at_once DESC, l.name, l.id)
            FROM (SELECT * FROM listed l WHERE l.creator_id = top.creator_id
              ORDER BY l.calls DESC, l.at_once DESC, l.name, l.id LIMIT ${keysShown}) l)
        ) ORDER BY top.calls DESC, top.now DESC, top.name, top.creator_id), '[]') FROM top) AS creators
    FROM people p`;
  if (row === undefined) throw new Error("The statement returned no row");
  const { people, creators, ...totals } = row;
  const endsAt = (createdAt: Date) => (createdAt <= now ? null : endOf(createdAt, maximumLifetimeDays));
  return {
    ...{ maximumLifetimeDays, at, ...totals },
    creators: creators.map(({ keys, ...creator }) => ({
      ...creator,
      keys: keys.map(({ createdAt, ...key }) => ({ ...key, endsAt: endsAt(readTime(createdAt)) })),
    })),
    moreCreators: people - creators.length,
  };
}

function endOf(createdAt: Date, maximumLifetimeDays: number): Date | null {
  return effectiveEnd({ createdAt, expiresAt: null, maximumLifetimeDays });
}
