import { hygieneTimes } from "@/lib/core/keys/filter/hygiene";
import type { KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { eachFilter } from "@/lib/core/keys/filter/key-filters";
import type { TimeRange } from "@/lib/core/keys/filter/time-filter";
import type { KeyListStatus } from "@/lib/core/keys/key-list-settings";
import { hasTab, keyListStatuses } from "@/lib/core/keys/key-list-settings";
import type { StatusFilter } from "@/lib/core/keys/key-status";
import { Prisma } from "@/lib/db/generated/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import type { HygieneCounts } from "../filter/hygiene-where";
import { hygieneOf } from "../filter/hygiene-where";
import { type KeyConditions, keySql, lastUses } from "../filter/key-conditions";
import type { ResolvedFilters } from "../filter/resolve-filters";
import { resolveFilters } from "../filter/resolve-filters";
import type { Counted, Counts, Ids } from "./gather-keys";
import { countByUse, countOf, findingCounts, gather, onlyRow, searchedRow } from "./gather-keys";
import type { KeyScope, Listed } from "./key-page-sql";
import { countedParts, inScope, keyPageSql, matching } from "./key-page-sql";
import type { KeySearch } from "./key-search";
import { keySearch } from "./key-search";
import type { KeyCount } from "./key-view";
import { statusSql } from "./status-where";

type Limits = {
  /** Counts stop at this number: nobody needs exact ones, and counting a million keys is slow. */
  readonly countedAtMost: number;
  /** Counts of each finding stop at this number, since they read the keys themselves. */
  readonly hygieneAtMost: number;
  /** With more matches than this, the list is walked in its order instead, since matches are then frequent. */
  readonly gatheredAtMost: number;
  /** How many keys are read for the counts of a list that is walked anyway. */
  readonly sampledAtMost: number;
};

const usualLimits: Limits = {
  ...{ countedAtMost: 10_000, hygieneAtMost: 5_000 },
  ...{ gatheredAtMost: 2_500, sampledAtMost: 500 },
};

type FoundKeys = Omit<ResolvedFilters, "conditions"> & {
  /** The ids of the page's keys, in order. */
  readonly ids: readonly string[];
  /**
   * The number of keys with the input's status. If it is not exact and another page follows, it exceeds the end of this
   * page.
   */
  readonly total: number;
  readonly counts: Readonly<Record<KeyListStatus, KeyCount>>;
  /** How many keys with the input's status and its other filters have each finding. */
  readonly hygiene: HygieneCounts;
};

/** Finds the keys that a page shows. Deleted keys are never listed. @throws SearchTooLong */
export async function findKeys(
  within: KeyScope,
  input: KeyListInput,
  limits = usualLimits,
): Promise<FoundKeys> {
  const { scope, search, names, missing } = await narrow(within, input);
  const matches = matchesOf(scope, search);
  const [{ ids, ...found }, hygiene] = await Promise.all([
    matches.length === 0
      ? readAll(scope, input, limits)
      : search.length === 0
        ? readByUse(scope, input, limits)
        : readMatches(scope, input, matches, limits),
    input.filters.is === undefined ? null : countFindings(within, input, limits),
  ]);
  const counted = { ...found, hygiene: hygiene ?? found.hygiene };
  const { count, isAll } = counted.counts[input.status];
  const before = (input.page - 1) * input.pageSize;
  const isPastEnd = ids.length === 0 && before > 0 && !isAll;
  const seen = Math.max(count, before + ids.length);
  return {
    ids: ids.slice(0, input.pageSize),
    total: isAll ? count : isPastEnd ? await countAll(scope, input, search) : seen,
    ...counted,
    names,
    missing,
  };
}

/**
 * Treats filtered lists, and those of one person, like searches: few matches come from an index, many are met while
 * walking the list.
 */
function matchesOf({ creatorId, filters, used }: Listed, search: KeySearch): KeySearch {
  const isFiltered = creatorId !== null || filters.length > 0 || used.length > 0;
  return search.length === 0 && isFiltered ? [Prisma.sql`TRUE`] : search;
}

/** The condition on the key `k` for all keys of the list, regardless of the page. */
export async function keysMatching(within: KeyScope, input: KeyListInput): Promise<Prisma.Sql> {
  const { scope, search } = await narrow(within, input);
  return Prisma.sql`${matching(scope, search)} AND ${statusSql(input.status, scope)}`;
}

/** Resolves the list's filters and its search. */
export async function narrow(
  within: KeyScope,
  { filters, search }: Pick<KeyListInput, "filters" | "search">,
) {
  const { organizationId, now } = within;
  const { conditions, ...told } = await resolveFilters(within, filters, now);
  const { findings = [] } = conditions;
  const each = search === "" && findings.length > 1 ? findings : [];
  const alternatives = each.map((kind) =>
    listedBy(within, { ...filters, is: [kind] }, { ...conditions, findings: [kind] }),
  );
  const scope = { ...listedBy(within, filters, conditions), alternatives };
  return { scope, search: search === "" ? [] : await keySearch(organizationId, search), ...told };
}

function listedBy(within: KeyScope, filters: KeyFilters, conditions: KeyConditions): Listed {
  const used = lastUses(within, conditions);
  const usedOnly = within.creatorId === null ? onlyLastUse(filters, used) : null;
  const isActive = filters.is === undefined || usedOnly === null ? [] : [statusSql("active", within)];
  // Unused keys only count as never used once they are old enough.
  const isOld = Prisma.sql`k.created_at < ${hygieneTimes(within.now).neverUsed}::timestamptz`;
  const more = conditions.findings?.includes("never-used") ? [isOld] : [];
  const others = usedOnly === null ? keySql(within.organizationId, within, conditions) : more;
  return { ...within, filters: [...others, ...isActive], used, usedOnly, alternatives: [] };
}

/** The range of last use, if it is a list's only filter; otherwise null. */
function onlyLastUse(filters: KeyFilters, used: readonly TimeRange[]): TimeRange | null {
  return eachFilter(filters).length === 1 ? (used[0] ?? null) : null;
}

/** Reads one page with the index of its order. Counts the keys for each status and finding, up to the limits. */
async function readAll(scope: Listed, input: KeyListInput, { countedAtMost, hygieneAtMost }: Limits) {
  const counts = keyListStatuses.map((status) => {
    const parts = countedParts(scope, status).map(
      ({ which, order }) => Prisma.sql`(SELECT 1 FROM api_keys k WHERE ${inScope(scope)} AND ${which}
        ORDER BY ${order} LIMIT ${countedAtMost + 1})`,
    );
    return countOf(parts, status);
  });
  const findings = findingCounts(scope, input.status, hygieneAtMost);
  const { ids, ...found } = await onlyRow<Counts & Ids>(
    Prisma.sql`SELECT ${Prisma.join([...counts, ...findings])}, ARRAY(${keyPageSql(scope, input, [])}) AS ids`,
  );
  return {
    ids,
    counts: countsOf((status) => upTo(found[status], countedAtMost)),
    hygiene: hygieneOf((kind) => upTo(found[kind], hygieneAtMost)),
  };
}

/**
 * How many keys have each finding, ignoring that filter: a key must match only one of the chosen findings, so choosing
 * one must not hide the counts of the others.
 */
async function countFindings(within: KeyScope, input: KeyListInput, limits: Limits): Promise<HygieneCounts> {
  const { is: _, ...filters } = input.filters;
  const { scope, search } = await narrow(within, { search: input.search, filters });
  const matches = matchesOf(scope, search);
  if (matches.length === 0) {
    const most = limits.hygieneAtMost;
    const found = await onlyRow<Counts>(
      Prisma.sql`SELECT ${Prisma.join(findingCounts(scope, input.status, most))}`,
    );
    return hygieneOf((kind) => upTo(found[kind], most));
  }
  const most = limits.gatheredAtMost;
  const found = await gather(scope, input, matches, most);
  return hygieneOf((kind) => ({ count: Math.min(found[kind], most), isAll: found.all <= most }));
}

/**
 * Reads one page of a search. Few matches are all found with one index per condition, then filtered, counted and
 * sorted. If there are many, walking the list in its order soon fills a page.
 */
async function readMatches(
  scope: Listed,
  input: KeyListInput,
  search: KeySearch,
  { gatheredAtMost }: Limits,
) {
  // The limit is for all findings together.
  const most = Math.ceil(gatheredAtMost / Math.max(1, scope.alternatives.length));
  const { ids, ...found } = await gather(scope, input, search, most);
  if (found.all <= most) {
    const exactly = (what: Counted) => ({ count: found[what], isAll: true });
    return { ids, counts: countsOf(exactly), hygiene: hygieneOf(exactly) };
  }
  const walked = await walk(scope, input, search);
  const atLeast = (what: Counted) => ({ count: Math.min(found[what], most), isAll: false });
  return { ids: walked.ids, counts: countsOf(atLeast), hygiene: hygieneOf(atLeast) };
}

/**
 * Reads one page of a list whose only filter is one by last use, or of several such lists together. The index of their
 * order contains the times that decide a status, so the matches are counted without reading keys. If there are many, the
 * other counts come from a sample.
 */
async function readByUse(scope: Listed, input: KeyListInput, limits: Limits) {
  const { gatheredAtMost, sampledAtMost } = limits;
  const every = [Prisma.sql`TRUE`];
  const lists = scope.alternatives.length > 0 ? scope.alternatives : [scope];
  // No key is in two of them: it was used, or never.
  const indexed = await Promise.all(
    lists.flatMap((one) => (one.usedOnly === null ? [] : [countByUse(one, one.usedOnly, gatheredAtMost)])),
  );
  const known = (status: StatusFilter) => indexed.reduce((sum, counts) => sum + counts[status], 0);
  if (known("all") <= gatheredAtMost) return readMatches(scope, input, every, limits);
  const sampledOfEach = Math.ceil(sampledAtMost / lists.length);
  const [{ ids }, sample] = await Promise.all([
    walk(scope, input, []),
    gather(scope, input, every, sampledOfEach),
  ]);
  const atLeast = (count: number, most: number) => ({ count: Math.min(count, most), isAll: false });
  return {
    ids,
    counts: countsOf((status) =>
      hasTab(status) ? atLeast(known(status), gatheredAtMost) : atLeast(sample[status], sampledOfEach),
    ),
    hygiene: hygieneOf((kind) => atLeast(sample[kind], sampledOfEach)),
  };
}

function walk(scope: Listed, input: KeyListInput, search: KeySearch): Promise<Ids> {
  return searchedRow<Ids>(Prisma.sql`SELECT ARRAY(${keyPageSql(scope, input, search)}) AS ids`, input);
}

/** Counts exactly. Needed for a page past the end, so that the interface can go to the last page. */
async function countAll(scope: Listed, input: KeyListInput, search: KeySearch): Promise<number> {
  const counted = Prisma.sql`SELECT count(*)::int AS total FROM api_keys k
    WHERE ${matching(scope, search)} AND ${statusSql(input.status, scope)}`;
  return (await searchedRow<{ total: number }>(counted, input)).total;
}

function countsOf(countOf: (status: KeyListStatus) => KeyCount): FoundKeys["counts"] {
  return {
    active: countOf("active"),
    paused: countOf("paused"),
    rolling: countOf("rolling"),
    revoked: countOf("revoked"),
    expired: countOf("expired"),
    all: countOf("all"),
  };
}

function upTo(counted: number, most: number): KeyCount {
  return { count: Math.min(counted, most), isAll: counted <= most };
}
