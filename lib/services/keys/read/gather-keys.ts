import type { HygieneKind } from "@/lib/core/keys/filter/hygiene";
import { hygieneKinds } from "@/lib/core/keys/filter/hygiene";
import type { TimeRange } from "@/lib/core/keys/filter/time-filter";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import { keyListStatuses } from "@/lib/core/keys/key-list-settings";
import { type StatusFilter, statusFilters } from "@/lib/core/keys/key-status";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isCancelled } from "@/lib/db/outage";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { hygieneParts, hygieneSql } from "../filter/hygiene-where";
import { lastUseSql } from "../filter/key-conditions";
import { keysByUse } from "./key-order";
import type { Listed } from "./key-page-sql";
import { asksTimesOnly, cut, inScope } from "./key-page-sql";
import type { KeySearch } from "./key-search";
import { statusSql } from "./status-where";

export type Counted = KeyListStatus | HygieneKind;
export type Counts = Readonly<Record<Counted, number>>;
export type Ids = { readonly ids: readonly string[] };

/**
 * Selects a page from a search's matches. Gathers at most one match more than the limit for each condition. With more
 * matches than the limit it does not sort them, since the page is then found by walking the list in its order.
 */
export function gather(scope: Listed, input: KeyListInput, search: KeySearch, most: number) {
  const counts = keyListStatuses.map(
    (status) => Prisma.sql`count(*) FILTER (WHERE ${statusSql(status, scope)})::int AS ${named(status)}`,
  );
  const findings = hygieneKinds.map((kind) => {
    const which = Prisma.sql`${statusSql(input.status, scope)} AND ${hygieneSql(kind, scope)}`;
    return Prisma.sql`count(*) FILTER (WHERE ${which})::int AS ${named(kind)}`;
  });
  const statement = Prisma.sql`
    WITH found AS MATERIALIZED (${gathered(scope, search, most)})
    SELECT ${Prisma.join([...counts, ...findings])}, ARRAY(
      SELECT k.id FROM found k JOIN users u ON u.id = k.creator_id
      WHERE (SELECT count(*) FROM found) <= ${most} AND ${statusSql(input.status, scope)} ${cut(scope, input)}
    ) AS ids FROM found k`;
  return searchedRow<Counts & Ids>(statement, input);
}

/** Selects the matches of a search, at most one more than the limit for each condition. */
export function gathered(scope: Listed, search: KeySearch, most: number): Prisma.Sql {
  const { usedOnly, alternatives } = scope;
  if (alternatives.length > 0) {
    const each = alternatives.map((one) => gathered(one, search, most));
    return Prisma.join(each, " UNION ");
  }
  const from = (condition: Prisma.Sql) =>
    usedOnly === null
      ? Prisma.sql`api_keys k WHERE ${inScope(scope)} AND ${condition}`
      : Prisma.sql`${keysByUse(false)} WHERE ${inScope({ ...scope, used: [] })} AND ${condition}
          AND ${lastUseSql(Prisma.sql`k.used`, usedOnly)} ORDER BY k.used, k.id`;
  const found = search.map(
    (
      condition,
    ) => Prisma.sql`(SELECT k.organization_id, k.id, k.name, k.type, k.access_level, k.creator_id, k.created_at,
        k.expires_at, k.paused_at, k.revoked_at, k.last_used_at, k.over_privileged
      FROM ${from(condition)} LIMIT ${most + 1})`,
  );
  return Prisma.join(found, " UNION ");
}

/** Counts the keys with this last use, at most one more than the limit, with only the index of that order. */
export function countByUse(scope: Listed, range: TimeRange, most: number) {
  const counts = statusFilters.map(
    (status) => Prisma.sql`count(*) FILTER (WHERE ${statusSql(status, scope)})::int AS ${named(status)}`,
  );
  return onlyRow<Readonly<Record<StatusFilter, number>>>(Prisma.sql`
    SELECT ${Prisma.join(counts)} FROM (SELECT * FROM ${keysByUse(true)}
      WHERE ${inScope({ ...scope, used: [] })} AND ${lastUseSql(Prisma.sql`k.used`, range)}
      ORDER BY k.used, k.id LIMIT ${most + 1}) k`);
}

/** How many keys with the status have each finding, up to one more than the limit. */
export function findingCounts(scope: Listed, status: KeyListStatus, most: number): Prisma.Sql[] {
  return hygieneKinds.map((kind) => {
    if (isEnded(status)) return countOf([], kind);
    const parts = hygieneParts(kind, scope, asksTimesOnly(scope, status)).map(
      ({ from, which, order }) => Prisma.sql`(SELECT 1 FROM ${from} WHERE ${inScope(scope)}
        AND ${statusSql(status, scope)} AND ${which} ORDER BY ${order} LIMIT ${most + 1})`,
    );
    return countOf(parts, kind);
  });
}

export function countOf(parts: readonly Prisma.Sql[], what: Counted): Prisma.Sql {
  if (parts.length === 0) return Prisma.sql`0 AS ${named(what)}`;
  return Prisma.sql`(SELECT count(*)::int FROM (${Prisma.join([...parts], " UNION ALL ")}) counted) AS ${named(what)}`;
}

/** Ended keys have no findings, so a list of them counts none. */
function isEnded(status: KeyListStatus): boolean {
  return status === "revoked" || status === "expired";
}

function named(what: Counted): Prisma.Sql {
  return Prisma.raw(`"${what}"`);
}

export async function onlyRow<Row>(statement: Prisma.Sql): Promise<Row> {
  return firstOf(await database().$queryRaw<Row[]>(statement));
}

/** The time limit of a search's statement. With an index, nearly every search takes a tenth of a second. */
const searchMs = 3_000;

/** Thrown if no index can answer the search and there are too many keys to read. */
export class SearchTooLong extends Error {}

/** Like `onlyRow`, for a statement that may contain a search. @throws SearchTooLong */
export async function searchedRow<Row>(
  statement: Prisma.Sql,
  { search }: Pick<KeyListInput, "search">,
  mostMs = searchMs,
): Promise<Row> {
  if (search === "") return onlyRow(statement);
  try {
    const [, rows] = await database().$transaction([
      database().$executeRaw`SELECT set_config('statement_timeout', ${String(mostMs)}, true)`,
      database().$queryRaw<Row[]>(statement),
    ]);
    return firstOf(rows);
  } catch (error) {
    throw isCancelled(error) ? new SearchTooLong() : error;
  }
}

function firstOf<Row>([row]: readonly Row[]): Row {
  if (row === undefined) throw new Error("The statement returned no row");
  return row;
}
