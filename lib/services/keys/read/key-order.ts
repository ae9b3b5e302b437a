import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import type { KeySortColumn, sortDirections } from "@/lib/core/keys/key-list-settings";
import { Prisma } from "@/lib/db/generated/client";
import type { StatusPart } from "./status-parts";
import type { StatusAt } from "./status-where";
import { daysSql } from "./status-where";

type Direction = (typeof sortDirections)[number];

/**
 * The ORDER BY of a list of keys; `k` is the key and `u` its creator. The id comes last: keys with equal values must
 * not swap places between two pages. Ascending, keys never used come before used ones.
 */
export function keyOrder(bound: LifetimeBound, column: KeySortColumn, direction: Direction): Prisma.Sql {
  return column === "expires" ? byEnd(bound)[direction] : orders[column][direction];
}

const way = { asc: Prisma.sql`ASC`, desc: Prisma.sql`DESC` };

function by(value: Prisma.Sql, nulls = { asc: Prisma.empty, desc: Prisma.empty }) {
  const order = (direction: Direction) =>
    Prisma.sql`${value} ${way[direction]} ${nulls[direction]}, k.id ${way[direction]}`;
  return { asc: order("asc"), desc: order("desc") };
}

const first = Prisma.sql`NULLS FIRST`;
const last = Prisma.sql`NULLS LAST`;

const orders: Readonly<Record<Exclude<KeySortColumn, "expires">, Readonly<Record<Direction, Prisma.Sql>>>> = {
  name: by(Prisma.sql`k.name`),
  type: by(Prisma.sql`k.type`),
  accessLevel: by(Prisma.sql`k.access_level`),
  createdBy: by(Prisma.sql`u.name`),
  created: by(Prisma.sql`k.created_at`),
  lastUsed: by(Prisma.sql`k.last_used_at`, { asc: first, desc: last }),
};

/** Sorts by effective end. In ascending order, keys that never end come last. */
function byEnd(bound: LifetimeBound): Readonly<Record<Direction, Prisma.Sql>> {
  const { maximumLifetimeDays, defaultKeyId } = bound;
  // LEAST ignores null.
  const bounded = Prisma.sql`least(k.expires_at, ${policyEnd(bound)})`;
  const end = Prisma.sql`CASE WHEN k.id = ${defaultKeyId ?? ""} THEN k.expires_at ELSE ${bounded} END`;
  return maximumLifetimeDays === null ? byExpiry : by(end, { asc: last, desc: first });
}

/** Sorts with the index of "api_key_last_uses", through `keysByUse`. */
const byLastUse = {
  asc: Prisma.sql`k.used ASC, k.id ASC`,
  desc: Prisma.sql`k.used DESC, k.id DESC`,
};

/**
 * Reads the keys `k` from an index ordered by last use, which is `k.used`; '-infinity' means never.
 *
 * @param timesOnly whether the caller only needs a key's id and the times that decide its status, which this index
 * contains. It has no deleted keys.
 */
export function keysByUse(timesOnly: boolean): Prisma.Sql {
  return timesOnly
    ? Prisma.sql`(SELECT organization_id, key_id AS id, created_at, expires_at, revoked_at, last_used_at AS used,
          nullif(last_used_at, '-infinity') AS last_used_at, NULL::timestamptz AS deleted_at
        FROM api_key_last_uses) k`
    : Prisma.sql`(SELECT key.*, uses.last_used_at AS used FROM api_key_last_uses uses
        JOIN api_keys key ON key.organization_id = uses.organization_id AND key.id = uses.key_id) k`;
}

const byExpiry = by(Prisma.sql`k.expires_at`, { asc: last, desc: first });

/**
 * Splits a part of the list into parts that each follow an index in this order. No index can sort by effective end
 * under a maximum lifetime: keys that the policy ends are sorted by creation, all others by expiry.
 */
export function inOrder(
  { which, endsBy }: StatusPart,
  column: KeySortColumn,
  direction: Direction,
  at: StatusAt,
): { readonly which: Prisma.Sql; readonly order: Prisma.Sql }[] {
  const ordered = (order: Prisma.Sql) => Prisma.sql`${order} ${way[direction]}, k.id ${way[direction]}`;
  if (column === "lastUsed") return [{ which, order: byLastUse[direction] }];
  if (column !== "expires") return [{ which, order: orders[column][direction] }];
  if (endsBy === "expiry") return [{ which, order: byExpiry[direction] }];
  const own = Prisma.sql`k.expires_at <= ${policyEnd(at)}`;
  // Limits the walk: a key that expires later than a new one could is ended by the policy.
  const bound = Prisma.sql`k.expires_at <= ${at.now}::timestamptz + ${maximumSql(at)}`;
  return [
    {
      which: Prisma.sql`${which} AND (k.expires_at IS NULL OR NOT ${own})`,
      order: ordered(Prisma.sql`k.created_at`),
    },
    { which: Prisma.sql`${which} AND ${own} AND ${bound}`, order: ordered(Prisma.sql`k.expires_at`) },
  ];
}

/** The end that the policy sets, for a key that is not exempt. */
function policyEnd(bound: LifetimeBound): Prisma.Sql {
  return Prisma.sql`(k.created_at + ${maximumSql(bound)})`;
}

function maximumSql({ maximumLifetimeDays }: LifetimeBound): Prisma.Sql {
  return daysSql(maximumLifetimeDays ?? 0);
}
