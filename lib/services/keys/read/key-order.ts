import type { KeySortColumn, sortDirections } from "@/lib/core/keys/key-list-state";
import { Prisma } from "@/lib/db/generated/client";

type Direction = (typeof sortDirections)[number];

/**
 * The ORDER BY of a list of keys; `k` is the key and `u` its creator. The id comes last: keys with equal values must
 * not swap places between two pages. Ascending, keys never used come before used ones, and keys that never expire
 * come after those that do.
 */
export function keyOrder(column: KeySortColumn, direction: Direction): Prisma.Sql {
  return orders[column][direction];
}

const way = { asc: Prisma.sql`ASC`, desc: Prisma.sql`DESC` };

function by(value: Prisma.Sql, nulls = { asc: Prisma.empty, desc: Prisma.empty }) {
  const order = (direction: Direction) =>
    Prisma.sql`${value} ${way[direction]} ${nulls[direction]}, k.id ${way[direction]}`;
  return { asc: order("asc"), desc: order("desc") };
}

const first = Prisma.sql`NULLS FIRST`;
const last = Prisma.sql`NULLS LAST`;

const orders: Readonly<Record<KeySortColumn, Readonly<Record<Direction, Prisma.Sql>>>> = {
  name: by(Prisma.sql`k.name`),
  type: by(Prisma.sql`k.type`),
  accessLevel: by(Prisma.sql`k.access_level`),
  createdBy: by(Prisma.sql`u.name`),
  created: by(Prisma.sql`k.created_at`),
  lastUsed: by(Prisma.sql`k.last_used_at`, { asc: first, desc: last }),
  expires: by(Prisma.sql`k.expires_at`, { asc: last, desc: first }),
};
