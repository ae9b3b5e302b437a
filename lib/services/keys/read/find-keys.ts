import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import { keyListStatuses } from "@/lib/core/keys/key-list-settings";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { filterSql } from "./key-filters";
import { inOrder, keyOrder } from "./key-order";
import type { KeySearch } from "./key-search";
import { keyCreators, keySearch, meets } from "./key-search";
import type { KeyCount } from "./key-view";
import { statusParts } from "./status-parts";
import type { StatusAt } from "./status-where";
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
  readonly counts: Readonly<Record<KeyListStatus, KeyCount>>;
};

type Scope = {
  readonly organizationId: string;
  /** If set, only this person's keys. */
  readonly creatorId: string | null;
} & StatusAt;
/** The keys that a list is about, whatever their status: those in scope that meet the filters. */
type Listed = Scope & { readonly filters: readonly Prisma.Sql[] };

type Counts = Readonly<Record<KeyListStatus, number>>;
type Ids = { readonly ids: readonly string[] };

/** Finds the keys that a page shows. Deleted keys are never listed. */
export async function findKeys(within: Scope, input: KeyListInput, limits = usualLimits): Promise<FoundKeys> {
  const { subject, label } = input;
  const filters = filterSql(within.organizationId, within, { subject: subject || undefined, label });
  const scope = { ...within, filters };
  const search = input.search === "" ? [] : await keySearch(scope.organizationId, input.search);
  // What meets a filter is found like the matches of a search: few by an index, many on the way.
  const matches = search.length === 0 && filters.length > 0 ? [Prisma.sql`TRUE`] : search;
  const { ids, counts } = await (matches.length === 0
    ? readAll(scope, input, limits)
    : readMatches(scope, input, matches, limits));
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
async function readAll(scope: Listed, input: KeyListInput, { countedAtMost }: Limits) {
  const counts = keyListStatuses.map((status) => {
    const parts = partsOf(scope, status).map(
      ({ which, order }) => Prisma.sql`(SELECT 1 FROM api_keys k WHERE ${inScope(scope)} AND ${which}
        ORDER BY ${order} LIMIT ${countedAtMost + 1})`,
    );
    return Prisma.sql`(SELECT count(*)::int FROM (${Prisma.join(parts, " UNION ALL ")}) counted) AS ${named(status)}`;
  });
  const { ids, ...found } = await one<Counts & Ids>(
    Prisma.sql`SELECT ${Prisma.join(counts)}, ARRAY(${page(scope, input, [])}) AS ids`,
  );
  return { ids, counts: countsOf((status) => upTo(found[status], countedAtMost)) };
}

/**
 * The keys to count, in disjoint parts, each with an order. The order makes PostgreSQL read an index with just these
 * keys instead of scanning the table.
 */
function partsOf(scope: Listed, status: KeyListStatus): { which: Prisma.Sql; order: Prisma.Sql }[] {
  if (scope.creatorId !== null) return [{ which: statusSql(status, scope), order: Prisma.sql`k.id` }];
  return statusParts(status, scope).map(({ which, endsBy }) => ({
    which,
    order: status === "expired" && endsBy === "expiry" ? Prisma.sql`k.expires_at` : Prisma.sql`k.created_at`,
  }));
}

/**
 * Reads one page of a search. If there are few matches, one index per condition finds them all, and they are filtered,
 * counted and sorted. If there are many, walking the list in its order soon finds a page of them.
 */
async function readMatches(
  scope: Listed,
  input: KeyListInput,
  search: KeySearch,
  { gatheredAtMost }: Limits,
) {
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
function gather(scope: Listed, input: KeyListInput, search: KeySearch, most: number) {
  const found = search.map(
    (condition) => Prisma.sql`(SELECT k.id, k.name, k.type, k.access_level, k.creator_id, k.created_at,
        k.expires_at, k.paused_at, k.revoked_at, k.last_used_at
      FROM api_keys k WHERE ${inScope(scope)} AND ${condition} LIMIT ${most + 1})`,
  );
  const counts = keyListStatuses.map(
    (status) => Prisma.sql`count(*) FILTER (WHERE ${statusSql(status, scope)})::int AS ${named(status)}`,
  );
  return one<Counts & Ids>(Prisma.sql`
    WITH found AS MATERIALIZED (${Prisma.join(found, " UNION ")})
    SELECT ${Prisma.join(counts)}, ARRAY(
      SELECT k.id FROM found k JOIN users u ON u.id = k.creator_id
      WHERE ${statusSql(input.status, scope)} ${cut(scope, input)}
    ) AS ids FROM found k`);
}

/**
 * Selects the ids of a page. Sorting by creator goes through the creators one by one, and reads no more keys of each
 * than this page could need.
 */
function page(scope: Listed, input: KeyListInput, search: KeySearch): Prisma.Sql {
  const { sort, direction, page, pageSize } = input;
  const matches = matching(scope, search);
  if (sort !== "createdBy") return mergedPage(scope, input, matches);
  const of = Prisma.sql`${matches} AND ${statusSql(input.status, scope)}`;
  return Prisma.sql`WITH RECURSIVE ${keyCreators(scope.organizationId)}
    SELECT k.id FROM creators JOIN users u ON u.id = creators.id CROSS JOIN LATERAL (
      SELECT k.id FROM api_keys k WHERE ${of} AND k.creator_id = u.id
      ORDER BY ${direction === "asc" ? Prisma.sql`k.id` : Prisma.sql`k.id DESC`} LIMIT ${page * pageSize + 1}
    ) k ${cut(scope, input)}`;
}

/** The same for any other order: what this page could need of each part, each from an index, then merged. */
function mergedPage(scope: Listed, input: KeyListInput, matches: Prisma.Sql): Prisma.Sql {
  const { sort, direction, page, pageSize, status } = input;
  const parts = statusParts(status, scope).flatMap((part) => inOrder(part, sort, direction, scope));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    return Prisma.sql`SELECT k.id FROM api_keys k WHERE ${matches} AND ${only.which} ${cut(scope, input)}`;
  }
  const read = parts.map(
    ({ which, order }) => Prisma.sql`(
      SELECT k.id, k.name, k.type, k.access_level, k.created_at, k.expires_at, k.last_used_at
      FROM api_keys k WHERE ${matches} AND ${which} ORDER BY ${order} LIMIT ${page * pageSize + 1})`,
  );
  return Prisma.sql`SELECT k.id FROM (${Prisma.join(read, " UNION ALL ")}) k ${cut(scope, input)}`;
}

/** Counts exactly. Needed for a page past the end, where the interface goes to the last page. */
async function countAll(scope: Listed, { status }: KeyListInput, search: KeySearch): Promise<number> {
  const { total } = await one<{ total: number }>(Prisma.sql`
    SELECT count(*)::int AS total FROM api_keys k
    WHERE ${matching(scope, search)} AND ${statusSql(status, scope)}`);
  return total;
}

function inScope({ organizationId, creatorId, filters }: Listed): Prisma.Sql {
  const whose = creatorId === null ? [] : [Prisma.sql`k.creator_id = ${creatorId}::uuid`];
  const own = Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL`;
  return Prisma.join([own, ...whose, ...filters], " AND ");
}

function matching(scope: Listed, search: KeySearch): Prisma.Sql {
  const own = inScope(scope);
  return search.length === 0 ? own : Prisma.sql`${own} AND ${meets(search)}`;
}

/** The page's order and range, plus one row that shows whether more follow. */
function cut(scope: Listed, { sort, direction, page, pageSize }: KeyListInput): Prisma.Sql {
  return Prisma.sql`ORDER BY ${keyOrder(scope, sort, direction)} LIMIT ${pageSize + 1} OFFSET ${(page - 1) * pageSize}`;
}

function named(status: KeyListStatus): Prisma.Sql {
  return Prisma.raw(`"${status}"`);
}

function countsOf(countOf: (status: KeyListStatus) => KeyCount): FoundKeys["counts"] {
  return {
    active: countOf("active"),
    paused: countOf("paused"),
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
