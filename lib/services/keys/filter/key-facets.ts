import { maySeeAllKeys, maySeeOwnKeys } from "@/lib/core/access/manage-keys";
import { namespaceTypes } from "@/lib/core/access/namespace";
import { isWhole } from "@/lib/core/keys/filter/holds";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { readFilterValue } from "@/lib/core/keys/filter/read-filter-value";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { escapeLike } from "@/lib/db/escape-like";
import { Prisma } from "@/lib/db/generated/client";
import type { KeyFacetsInput } from "@/lib/schemas/key-list";
import type { MemberContext } from "@/lib/services/access/context";
import { keyManager } from "@/lib/services/access/key-manager";
import { narrow } from "../read/find-keys";
import { gathered } from "../read/gather-keys";
import { keysByUse } from "../read/key-order";
import { alsoMeeting, asksTimesOnly, inScope, type Listed, matching } from "../read/key-page-sql";
import type { KeySearch } from "../read/key-search";
import type { KeyCount } from "../read/key-view";
import { keyScope } from "../read/list-keys";
import { statusSql } from "../read/status-where";
import type { FacetValue } from "./facet-values";
import { facetValues, isFound } from "./facet-values";
import { hygieneParts } from "./hygiene-where";
import type { KeyConditions } from "./key-conditions";
import { filterSql, lastUseSql } from "./key-conditions";
import { resolveFilters } from "./resolve-filters";

export type KeyFacet = FacetValue & { readonly keys: KeyCount };
export type KeyFacets = {
  readonly values: readonly KeyFacet[];
  /** Whether there are more values than these. */
  readonly more: boolean;
};

type Counted = {
  /** The list whose keys are counted, with the status among its filters. */
  readonly scope: Listed;
  readonly search: KeySearch;
  /** Whether the list needs only those times of a key that decide its status. */
  readonly timesOnly: boolean;
};

/** The maximum number of values shown. */
const most = 30;
/** Up to this many matching keys are all read; otherwise only some are read per value. */
const gatheredAtMost = 2_500;
const lookedAtMost = 9_000;

/**
 * The values of one filter of a list, each with the number of keys that match the search and all other filters. Not
 * found if this person may not see the list.
 */
export async function readKeyFacets(
  context: MemberContext,
  input: KeyFacetsInput,
): Promise<Result<KeyFacets>> {
  const { kind, own, find } = input;
  const may = own ? maySeeOwnKeys : maySeeAllKeys;
  if (!may(keyManager(context))) return failure("not_found", "There is no such page.");
  const { [kind]: chosen = [], ...others } = input.list.filters;
  const whole = keyScope(context, own ? context.actor.userId : null);
  const { scope: listed, search } = await narrow(whole, { search: input.list.search, filters: others });
  const scope = alsoMeeting(listed, statusSql(input.list.status, whole));
  const timesOnly = asksTimesOnly(listed, input.list.status, search);
  const ids = await gatherIds(scope, search);
  const known = await facetValues(scope, kind);
  if (known === null)
    return success(await countInKeys(kind === "label" ? "label" : "subject", scope, ids, find));
  const found = known.filter((value) => find === "" || isFound(value, find));
  const shown = [
    ...found.filter(({ value }) => chosen.includes(value)),
    ...found.filter(({ value }) => !chosen.includes(value)),
  ]
    .slice(0, most)
    .map((value) => ({ ...value, text: wordFor(kind, value, known) }));
  return success({
    values: await countEach({ scope, search, timesOnly }, kind, shown, ids),
    more: found.length > most,
  });
}

/** The text to type for this value: its name, unless that also matches others or cannot be typed. */
function wordFor(kind: FilterKind, { name, text }: FacetValue, known: readonly FacetValue[]): string {
  if (name === null || (kind !== "creator" && kind !== "namespace") || text === "organization") return text;
  const read = readFilterValue(kind, name);
  const isTyped = "value" in read && read.value === name;
  const isMeant = ({ name: other, ...value }: FacetValue) =>
    kind === "namespace" ? isWhole(other ?? "", name) : isFound({ name: other, ...value }, name);
  return isTyped && known.filter(isMeant).length === 1 ? name : text;
}

/** The ids of all matches; null if there are too many. */
async function gatherIds(scope: Listed, search: KeySearch): Promise<readonly string[] | null> {
  const matches = search.length === 0 ? [Prisma.sql`TRUE`] : search;
  const rows = await database().$queryRaw<{ id: string }[]>`
    SELECT k.id FROM (${gathered(scope, matches, gatheredAtMost)}) k`;
  return rows.length > gatheredAtMost ? null : rows.map(({ id }) => id);
}

async function countEach(
  list: Counted,
  kind: FilterKind,
  values: readonly FacetValue[],
  ids: readonly string[] | null,
): Promise<KeyFacet[]> {
  if (values.length === 0) return [];
  const { scope, search } = list;
  const { organizationId } = scope;
  const atMost = Math.floor(lookedAtMost / values.length);
  const counts = await Promise.all(
    values.map(async ({ value }) => {
      const conditions = await conditionsFor(kind, value, scope);
      if (ids !== null) {
        const meets = Prisma.join(
          [Prisma.sql`TRUE`, ...filterSql(organizationId, scope, conditions)],
          " AND ",
        );
        return Prisma.sql`SELECT count(*)::int AS looked, count(*)::int AS met FROM api_keys k
          WHERE k.organization_id = ${organizationId}::uuid AND k.id = ANY(${ids}) AND ${meets}`;
      }
      return Prisma.sql`SELECT count(*)::int AS looked, count(*) FILTER (WHERE ${matching(scope, search)})::int AS met
        FROM (${keysUnder(list, conditions, atMost)}) k`;
    }),
  );
  const rows = await database().$queryRaw<{ looked: number; met: number }[]>`
    ${Prisma.join(
      counts.map((count) => Prisma.sql`(${count})`),
      " UNION ALL ",
    )}`;
  return values.map((value, at) => {
    const { looked = 0, met = 0 } = rows[at] ?? {};
    return { ...value, keys: { count: met, isAll: ids !== null || looked < atMost } };
  });
}

/** Some of the keys with a value, from the index that contains just these. */
function keysUnder({ scope, timesOnly }: Counted, conditions: KeyConditions, atMost: number): Prisma.Sql {
  const { organizationId } = scope;
  const own = Prisma.sql`k.organization_id = ${organizationId}::uuid AND k.deleted_at IS NULL`;
  const [finding] = conditions.findings ?? [];
  const [range] = conditions.used ?? [];
  if (finding !== undefined) {
    const columns = timesOnly ? timeColumns : Prisma.sql`k.*`;
    const parts = hygieneParts(finding, scope, timesOnly).map(
      ({ from, which, order }) =>
        Prisma.sql`(SELECT ${columns} FROM ${from} WHERE ${own} AND ${which} ORDER BY ${order} LIMIT ${atMost})`,
    );
    return Prisma.sql`SELECT * FROM (${Prisma.join(parts, " UNION ALL ")}) parts LIMIT ${atMost}`;
  }
  if (range !== undefined) {
    return Prisma.sql`SELECT * FROM ${keysByUse(timesOnly)} WHERE ${own} AND ${lastUseSql(Prisma.sql`k.used`, range)}
      ORDER BY k.used, k.id LIMIT ${atMost}`;
  }
  const meets = filterSql(organizationId, scope, conditions);
  return Prisma.sql`SELECT * FROM api_keys k WHERE ${Prisma.join([own, ...meets], " AND ")} LIMIT ${atMost}`;
}

/** The times that decide a status; no index contains more. */
const timeColumns = Prisma.sql`k.organization_id, k.id, k.created_at, k.expires_at, k.revoked_at,
  NULL::timestamptz AS deleted_at`;

/** The conditions for one value. People, namespaces and roles are known to exist here. */
async function conditionsFor(kind: FilterKind, value: string, scope: Listed): Promise<KeyConditions> {
  if (kind === "creator") return { creators: [value] };
  if (kind === "role") return { roles: [value] };
  if (kind !== "namespace") return (await resolveFilters(scope, { [kind]: [value] }, scope.now)).conditions;
  const [type, id] = value.split(":");
  const namespace = namespaceTypes.find((one) => one === type) ?? "organization";
  return { namespaces: [{ type: namespace, id: id ?? scope.organizationId }] };
}

/** Counts the subjects or labels of all matches, or of some if there are many. */
async function countInKeys(
  kind: "subject" | "label",
  scope: Listed,
  ids: readonly string[] | null,
  find: string,
): Promise<KeyFacets> {
  const keys =
    ids === null
      ? Prisma.sql`(SELECT k.subject, k.labels FROM api_keys k WHERE ${inScope(scope)} LIMIT ${gatheredAtMost}) k`
      : Prisma.sql`(SELECT k.subject, k.labels FROM api_keys k
          WHERE k.organization_id = ${scope.organizationId}::uuid AND k.id = ANY(${ids})) k`;
  const values =
    kind === "subject"
      ? Prisma.sql`SELECT k.subject AS value FROM ${keys} WHERE k.subject IS NOT NULL`
      : Prisma.sql`SELECT label.key || '=' || label.value AS value FROM ${keys}, jsonb_each_text(k.labels) label`;
  const rows = await database().$queryRaw<{ value: string; count: number }[]>`
    SELECT value, count(*)::int AS count FROM (${values}) carried
    WHERE value ILIKE ${`%${escapeLike(find)}%`} GROUP BY value ORDER BY count(*) DESC, value LIMIT ${most + 1}`;
  return {
    values: rows
      .slice(0, most)
      .map(({ value, count }) => ({ value, name: null, text: value, keys: { count, isAll: ids !== null } })),
    more: rows.length > most,
  };
}
