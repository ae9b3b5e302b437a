import type { KeySortColumn, sortDirections } from "@/lib/core/keys/key-list-settings";
import type { StatusFilter } from "@/lib/core/keys/key-status";
import { statusFilters } from "@/lib/core/keys/key-status";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { KeySearch } from "./key-search";
import { keyCreators, keySearch, meets } from "./key-search";
import type { KeyCount } from "./key-view";
import { statusSql } from "./status-where";

type Limits = {
  /** Counting stops here: nobody needs the exact number, and counting a million keys is slow. */
  readonly countedAtMost: number;
  /** A search with more matches than this walks the list instead: matches are then common enough to find on the way. */
  readonly gatheredAtMost: number;
};

const usualLimits: Limits = { countedAtMost: 10_000, gatheredAtMost: 5_000 };

export type FoundKeys = {
  /** The ids of the page's keys, in order. */
  readonly ids: readonly string[];
  /**
   * The number of keys under the input's status. If it is not exact, it exceeds the end of this page when another
   * page follows.
   */
  readonly total: number;
  readonly counts: Readonly<Record<StatusFilter, KeyCount>>;
};

type Scope = {
  readonly organizationId: string;
  /** If set, only this person's keys. */
  readonly creatorId: string | null;
  readonly now: Date;
};

type Counts = Readonly<Record<StatusFilter, number>>;
type Ids = { readonly ids: readonly string[] };

/** Finds the keys that a page shows. Deleted keys are never listed. */
export async function findKeys(scope: Scope, input: KeyListInput, limits = usualLimits): Promise<FoundKeys> {
  const search = input.search === "" ? [] : await keySearch(scope.organizationId, input.search);
  const { ids, counts } = await (search.length === 0
    ? readAll(scope, input, limits)
    : readMatches(scope, input, search, limits));
  const { count, isAll } = counts[input.status];
  const before = (input.page - 1) * input.pageSize;
  const isPastEnd = ids.length === 0 && before > 0 && !isAll;
  const seen = Math.max(count, before + ids.length);
  return {
    ids: ids.slice(0, input.pageSize),
    total: isAll ? count : isPastEnd ? await countAll(scope, input, search) : seen,
    counts,
  };
}

/** Reads one page with the index of its order, and a count for each status, up to the limit. */
async function readAll(scope: Scope, input: KeyListInput, { countedAtMost }: Limits) {
  const counts = statusFilters.map(
    (status) => Prisma.sql`(SELECT count(*)::int FROM (
      SELECT 1 FROM api_keys k WHERE ${inScope(scope)} AND ${statusSql(status, scope.now)}
      ORDER BY ${countedBy(scope, status)} LIMIT ${countedAtMost + 1}
    ) counted) AS ${named(status)}`,
  );
  const { ids, ...found } = await one<Counts & Ids>(
    Prisma.sql`SELECT ${Prisma.join(counts)}, ARRAY(${page(scope, input, [])}) AS ids`,
  );
  return { ids, counts: countsOf((status) => upTo(found[status], countedAtMost)) };
}

/**
 * The order in which keys are counted. It makes PostgreSQL read an index with just these keys instead of scanning the
 * table.
 */
function countedBy({ creatorId }: Scope, status: StatusFilter): Prisma.Sql {
  if (creatorId !== null) return Prisma.sql`k.id`;
  return status === "expired" ? Prisma.sql`k.expires_at` : Prisma.sql`k.created_at`;
}

/**
 * Reads one page of a search. If there are few matches, one index per condition finds them all, and they are filtered,
 * counted and sorted. If there are many, walking the list in its order soon finds a page of them.
 */
async function readMatches(scope: Scope, input: KeyListInput, search: KeySearch, { gatheredAtMost }: Limits) {
  const { ids, ...found } = await gather(scope, input, search, gatheredAtMost);
  if (found.all <= gatheredAtMost) {
    return { ids, counts: countsOf((status) => ({ count: found[status], isAll: true })) };
  }
  const walked = await one<Ids>(Prisma.sql`SELECT ARRAY(${page(scope, input, search)}) AS ids`);
  return {
    ids: walked.ids,
    counts: countsOf((status) => ({ count: Math.min(found[status], gatheredAtMost), isAll: false })),
  };
}

/** Gathers at most one match more than the limit for each condition, in no order, and selects the page from them. */
function gather(scope: Scope, input: KeyListInput, search: KeySearch, most: number) {
  const found = search.map(
    (condition) => Prisma.sql`(SELECT k.id, k.name, k.type, k.access_level, k.creator_id, k.created_at,
        k.expires_at, k.revoked_at, k.last_used_at
      FROM api_keys k WHERE ${inScope(scope)} AND ${condition} LIMIT ${most + 1})`,
  );
  const counts = statusFilters.map(
    (status) => Prisma.sql`count(*) FILTER (WHERE ${statusSql(status, scope.now)})::int AS ${named(status)}`,
  );
  return one<Counts & Ids>(Prisma.sql`
    WITH found AS MATERIALIZED (${Prisma.join(found, " UNION ")})
    SELECT ${Prisma.join(counts)}, ARRAY(
      SELECT k.id FROM found k JOIN users u ON u.id = k.creator_id
      WHERE ${statusSql(input.status, scope.now)} ${cut(input)}
    ) AS ids FROM found k`);
}

/**
 * Selects the ids of a page. Sorting by creator goes through the creators one by one, and reads no more keys of each
 * than this page could need.
 */
function page(scope: Scope, input: KeyListInput, search: KeySearch): Prisma.Sql {
  const { sort, direction, page, pageSize } = input;
  const of = Prisma.sql`${matching(scope, search)} AND ${statusSql(input.status, scope.now)}`;
  if (sort !== "createdBy") return Prisma.sql`SELECT k.id FROM api_keys k WHERE ${of} ${cut(input)}`;
  return Prisma.sql`WITH RECURSIVE ${keyCreators(scope.organizationId)}
    SELECT k.id FROM creators JOIN users u ON u.id = creators.id CROSS JOIN LATERAL (
      SELECT k.id FROM api_keys k WHERE ${of} AND k.creator_id = u.id
      ORDER BY ${direction === "asc" ? Prisma.sql`k.id` : Prisma.sql`k.id DESC`} LIMIT ${page * pageSize + 1}
    ) k ${cut(input)}`;
}

/** Counts exactly. Needed for a page past the end, where the interface goes to the last page. */
async function countAll(scope: Scope, { status }: KeyListInput, search: KeySearch): Promise<number> {
  const { total } = await one<{ total: number }>(Prisma.sql`
    SELECT count(*)::int AS total FROM api_keys k
    WHERE ${matching(scope, search)} AND ${statusSql(status, scope.now)}`);
  return total;
}

function inScope({ organizationId, creatorId }: Scope): Prisma.Sql {
  const whose = creatorId === null ? Prisma.empty : Prisma.sql`AND k.creator_id = ${creatorId}::uuid`;
  return Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL ${whose}`;
}

function matching(scope: Scope, search: KeySearch): Prisma.Sql {
  const own = inScope(scope);
  return search.length === 0 ? own : Prisma.sql`${own} AND ${meets(search)}`;
}

/** The page's order and range, plus one row that shows whether more follow. */
function cut({ sort, direction, page, pageSize }: KeyListInput): Prisma.Sql {
  return Prisma.sql`ORDER BY ${keyOrder(sort, direction)} LIMIT ${pageSize + 1} OFFSET ${(page - 1) * pageSize}`;
}

function named(status: StatusFilter): Prisma.Sql {
  return Prisma.raw(`"${status}"`);
}

function countsOf(countOf: (status: StatusFilter) => KeyCount): FoundKeys["counts"] {
  return {
    active: countOf("active"),
    revoked: countOf("revoked"),
    expired: countOf("expired"),
    all: countOf("all"),
  };
}

function upTo(counted: number, most: number): KeyCount {
  return { count: Math.min(counted, most), isAll: counted <= most };
}

async function one<Row>(statement: Prisma.Sql): Promise<Row> {
  const [row] = await database().$queryRaw<Row[]>(statement);
  if (row === undefined) throw new Error("The statement returned no row");
  return row;
}

type Direction = (typeof sortDirections)[number];

/**
 * The ORDER BY of a list of keys; `k` is the key and `u` its creator. The id comes last: keys with equal values must
 * not swap places between two pages. Ascending, keys never used come before used ones, and keys that never expire
 * come after those that do.
 */
function keyOrder(column: KeySortColumn, direction: Direction): Prisma.Sql {
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
