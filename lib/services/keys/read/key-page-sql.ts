import type { TimeRange } from "@/lib/core/keys/filter/time-filter";
import { hasTab, type KeyListStatus } from "@/lib/core/keys/key-list-settings";
import { Prisma } from "@/lib/db/generated/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { lastUseSql, usedOfKeySql, usedWithinSql } from "../filter/key-conditions";
import { inOrder, keyOrder, keysByUse } from "./key-order";
import type { KeySearch } from "./key-search";
import { keyCreators, meets } from "./key-search";
import { statusParts } from "./status-parts";
import type { StatusAt } from "./status-where";
import { statusSql } from "./status-where";

export type KeyScope = {
  readonly organizationId: string;
  /** If set, only this person's keys. */
  readonly creatorId: string | null;
  /** The viewer, who may not see every workspace and user group. */
  readonly viewerId: string;
} & StatusAt;

/** The keys of a list before filtering by status: those in scope that match the filters. */
export type Listed = KeyScope & {
  /** All filters except those by last use. */
  readonly filters: readonly Prisma.Sql[];
  readonly used: readonly TimeRange[];
  /** The list's only filter, if it is one by last use: an index in its order finds the matches. */
  readonly usedOnly: TimeRange | null;
  /** For several findings, the list for each of them, which has its own index. Their union is the list. */
  readonly alternatives: readonly Listed[];
};

type PageInput = Omit<KeyListInput, "pageSize"> & { readonly pageSize: number };

/**
 * Selects the ids of a page. Sorting by creator visits the creators one by one, and reads no more keys of each than
 * this page may need.
 */
export function keyPageSql(scope: Listed, input: PageInput, search: KeySearch): Prisma.Sql {
  const { sort, direction, page, pageSize } = input;
  // In this order such keys are adjacent, far from where the walk may start; in any other they are met on the way.
  const isApart = scope.alternatives.some(({ used }) => used.length > scope.used.length);
  if (sort === "lastUsed" && isApart) return pageOfAll(scope, input);
  const matches = matching(scope, search, usedOfKeySql);
  if (sort !== "createdBy") return mergedPage(scope, input, search);
  const of = Prisma.sql`${matches} AND ${statusSql(input.status, scope)}`;
  return Prisma.sql`WITH RECURSIVE ${keyCreators(scope.organizationId)}
    SELECT k.id FROM creators JOIN users u ON u.id = creators.id CROSS JOIN LATERAL (
      SELECT k.id FROM api_keys k WHERE ${of} AND k.creator_id = u.id
      ORDER BY ${direction === "asc" ? Prisma.sql`k.id` : Prisma.sql`k.id DESC`} LIMIT ${page * pageSize + 1}
    ) k ${cut(scope, input)}`;
}

/** Reads what this page may need from the list of each finding, then selects the page from their union. */
function pageOfAll(scope: Listed, input: PageInput): Prisma.Sql {
  const needed = { ...input, page: 1, pageSize: input.page * input.pageSize };
  const each = scope.alternatives.map((one) => Prisma.sql`(${keyPageSql(one, needed, [])})`);
  return Prisma.sql`SELECT k.id FROM api_keys k JOIN users u ON u.id = k.creator_id
    WHERE k.organization_id = ${scope.organizationId}::uuid AND k.id IN (${Prisma.join(each, " UNION ")})
    ${cut(scope, input)}`;
}

/** For all other orders: reads what this page may need from each part, each by an index, then merges them. */
function mergedPage(scope: Listed, input: PageInput, search: KeySearch): Prisma.Sql {
  const { sort, direction, page, pageSize, status } = input;
  // When sorting by last use, a filter by last use is a range of the same index.
  const usedSql = (range: TimeRange) => lastUseSql(Prisma.sql`k.used`, range);
  const matches = matching(scope, search, sort === "lastUsed" ? usedSql : usedOfKeySql);
  const parts = statusParts(status, scope).flatMap((part) => inOrder(part, sort, direction, scope));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && sort !== "lastUsed") {
    return Prisma.sql`SELECT k.id FROM api_keys k WHERE ${matches} AND ${only.which} ${cut(scope, input)}`;
  }
  const source =
    sort === "lastUsed"
      ? Prisma.sql`k.id, k.last_used_at FROM ${keysByUse(asksTimesOnly(scope, status, search))}`
      : Prisma.sql`k.id, k.name, k.type, k.access_level, k.created_at, k.expires_at FROM api_keys k`;
  const read = parts.map(
    ({ which, order }) =>
      Prisma.sql`(SELECT ${source} WHERE ${matches} AND ${which} ORDER BY ${order} LIMIT ${page * pageSize + 1})`,
  );
  return Prisma.sql`SELECT k.id FROM (${Prisma.join(read, " UNION ALL ")}) k ${cut(scope, input)}`;
}

/** Does the list only need the times that decide a key's status? */
export function asksTimesOnly(
  { creatorId, filters, used }: Listed,
  status: KeyListStatus,
  search: KeySearch = [],
): boolean {
  return (
    creatorId === null && filters.length === 0 && used.length === 0 && search.length === 0 && hasTab(status)
  );
}

/** Sorts and limits to the page, plus one row that shows whether more follow. */
export function cut(scope: Listed, { sort, direction, page, pageSize }: PageInput): Prisma.Sql {
  return Prisma.sql`ORDER BY ${keyOrder(scope, sort, direction)} LIMIT ${pageSize + 1} OFFSET ${(page - 1) * pageSize}`;
}

/** Adds a condition to the list. */
export function alsoMeeting(scope: Listed, condition: Prisma.Sql): Listed {
  const { filters, alternatives } = scope;
  return {
    ...scope,
    filters: [...filters, condition],
    alternatives: alternatives.map((one) => alsoMeeting(one, condition)),
  };
}

/** @param usedSql builds the condition on a last use */
export function inScope(
  { organizationId, creatorId, filters, used }: Listed,
  usedSql = usedWithinSql,
): Prisma.Sql {
  const whose = creatorId === null ? [] : [Prisma.sql`k.creator_id = ${creatorId}::uuid`];
  const own = Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL`;
  return Prisma.join([own, ...whose, ...filters, ...used.map(usedSql)], " AND ");
}

export function matching(scope: Listed, search: KeySearch, usedSql = usedWithinSql): Prisma.Sql {
  const own = inScope(scope, usedSql);
  return search.length === 0 ? own : Prisma.sql`${own} AND ${meets(search)}`;
}

/**
 * The keys to count, in disjoint parts, each with an order. The order makes PostgreSQL read an index with just these
 * keys instead of scanning the table.
 */
export function countedParts(
  scope: Listed,
  status: KeyListStatus,
): { readonly which: Prisma.Sql; readonly order: Prisma.Sql }[] {
  return statusParts(status, scope).map(({ which, endsBy }) => ({
    which,
    order: status === "expired" && endsBy === "expiry" ? Prisma.sql`k.expires_at` : Prisma.sql`k.created_at`,
  }));
}
