import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import type { KeySortColumn, sortDirections } from "@/lib/core/keys/key-list-settings";
import { Prisma } from "@/lib/db/generated/client";

type Direction = (typeof sortDirections)[number];

/**
 * The ORDER BY of a list of keys; `k` is the key and `u` its creator. The id comes last: keys with equal values must
 * not swap places between two pages. Ascending, keys never used come before used ones.
 */
export function keyOrder(bound: LifetimeBound, column: KeySortColumn, direction: Direction): Prisma.Sql {
  return column === "expires" ? byEnd(bound)[direction] : orders[column][direction];
}

export const way = { asc: Prisma.sql`ASC`, desc: Prisma.sql`DESC` };

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

/** By effective end. Ascending, keys that never end come last. */
function byEnd(bound: LifetimeBound): Readonly<Record<Direction, Prisma.Sql>> {
  const { maximumLifetimeDays, defaultKeyId } = bound;
  // LEAST ignores null.
  const bounded = Prisma.sql`least(k.expires_at, ${policyEnd(bound)})`;
  const end = Prisma.sql`CASE WHEN k.id = ${defaultKeyId ?? ""} THEN k.expires_at ELSE ${bounded} END`;
  return by(maximumLifetimeDays === null ? Prisma.sql`k.expires_at` : end, { asc: last, desc: first });
}

/** When the policy ends a key that it applies to. */
export function policyEnd(bound: LifetimeBound): Prisma.Sql {
  return Prisma.sql`(k.created_at + ${maximumSql(bound)})`;
}

/** In hours: PostgreSQL's days are longer or shorter when the clocks change. */
export function maximumSql({ maximumLifetimeDays }: LifetimeBound): Prisma.Sql {
  return Prisma.sql`make_interval(hours => ${(maximumLifetimeDays ?? 0) * 24}::int)`;
}
