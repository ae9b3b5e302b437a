import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { meetsFilters } from "@/e2e/support/data/meets-filters";
import {
  insertRandomKeys,
  type ListedKey,
  listedNow as now,
  readListedKeys,
} from "@/e2e/support/data/random-keys";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import { effectiveEnd, maximumFor } from "@/lib/core/keys/effective-end";
import type { KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { keyListStatuses, keySortColumns, sortDirections } from "@/lib/core/keys/key-list-settings";
import { hasEnded, keyStatus } from "@/lib/core/keys/key-status";
import { database } from "@/lib/db/client";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { findKeys } from "./find-keys";

let organization: TestOrganization;
let keys: ListedKey[];
/** The positions of names in the database's order, which differs from JavaScript's. */
let places: Map<string, number>;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Found");
  await insertRandomKeys(organization, 200, 1);
  await insertRandomKeys(await createTestOrganization("Elsewhere"), 50, 2);
  keys = await readListedKeys(organization);
  const names = await database().$queryRaw<{ name: string }[]>`
    SELECT name FROM api_keys UNION SELECT name FROM users ORDER BY name`;
  places = new Map(names.map(({ name }, place) => [name, place]));
});

const has = (text: string | undefined, search: string) =>
  text?.toLowerCase().includes(search.toLowerCase()) === true;

/** Searches of one or two letters or digits only match the beginnings of words. */
const begins = (texts: readonly string[], search: string) =>
  texts.some((text) => new RegExp(`(?:^|[ \\x1f\\-_./:@(#])${search}`, "i").test(text));

function isFound(key: ListedKey, search: string): boolean {
  const within = key.workspace ?? key.userGroup;
  const own = [key.name, key.description, key.subject ?? "", key.id];
  const named = [key.creator.name, key.creator.email, key.application?.name];
  const id = search.replace(/^key_/, "");
  const isShort = /^[0-9A-Za-z]{1,2}$/.test(search);
  return (
    [...named, within?.name, within?.application?.name].some((text) => has(text, search)) ||
    (isShort ? begins(own, search) : own.some((text) => has(text, search))) ||
    (id !== search && id !== "" && has(key.id, id))
  );
}

const isUnder = (status: KeyListInput["status"], bound: LifetimeBound) => (key: ListedKey) => {
  const { deletedAt: _, ...times } = key;
  const maximumLifetimeDays = maximumFor(bound, key.id);
  const is = keyStatus(
    { ...times, deletedAt: null, maximumLifetimeDays },
    key.secrets[0]?.endsAt ?? null,
    now,
  );
  return status === "all" || is === status || (status === "active" && !hasEnded(is));
};

/** A column's sort key as a number. */
const sortValues: Readonly<Record<KeyListInput["sort"], (key: ListedKey, bound: LifetimeBound) => number>> = {
  name: (key) => places.get(key.name) ?? Number.NaN,
  type: (key) => ["secret", "public"].indexOf(key.type),
  accessLevel: (key) => ["MEMBER", "ADMIN", "OWNER"].indexOf(key.accessLevel),
  createdBy: (key) => places.get(key.creator.name) ?? Number.NaN,
  created: (key) => key.createdAt.getTime(),
  lastUsed: (key) => key.lastUsedAt?.getTime() ?? Number.NEGATIVE_INFINITY,
  expires: (key, bound) =>
    effectiveEnd({ ...key, maximumLifetimeDays: maximumFor(bound, key.id) })?.getTime() ??
    Number.POSITIVE_INFINITY,
};

function inOrder(
  found: readonly ListedKey[],
  { sort, direction }: KeyListInput,
  bound: LifetimeBound,
): string[] {
  const sortValue = sortValues[sort];
  const compare = (a: ListedKey, b: ListedKey) => {
    const [first, second] = [sortValue(a, bound), sortValue(b, bound)];
    if (first !== second) return first < second ? -1 : 1;
    return a.id < b.id ? -1 : 1;
  };
  const ids = [...found].sort(compare).map((key) => key.id);
  return direction === "asc" ? ids : ids.reverse();
}

const searches = [
  ...["", "", "dep", "DEPLOY 2", "%", "_", "\\", "'", "🚀", "café", "admin", "owner of", "@example", "store"],
  ...["front", "production", "support", "everyone", "key_", "key_A", "lines", "a", "no such key"],
];

const inputs: fc.Arbitrary<KeyListInput> = fc.record({
  filters: fc.constantFrom<KeyFilters>(
    ...[{}, {}, {}, { subject: ["cus_1", "a%"] }, { label: ["env="] }, { is: ["idle", "never-used"] }],
  ),
  search: fc.oneof(
    { arbitrary: fc.constantFrom(...searches), weight: 4 },
    fc.stringMatching(/^(key_)?[0-9A-Za-z]{1,2}$/),
  ),
  status: fc.constantFrom(...keyListStatuses),
  sort: fc.constantFrom(...keySortColumns),
  direction: fc.constantFrom(...sortDirections),
  page: fc.integer({ min: 1, max: 12 }),
  pageSize: fc.constantFrom(10, 25),
});

/** The keys are about a day old, so a maximum of one day ends about half of them. */
const policies = fc.constantFrom(null, 1, 2).map((maximumLifetimeDays) => ({ maximumLifetimeDays }));

test.each([
  [
    "all that is found is counted",
    { countedAtMost: 10_000, hygieneAtMost: 5_000, gatheredAtMost: 5_000, sampledAtMost: 50 },
  ],
  [
    "more is found than is counted",
    { countedAtMost: 30, hygieneAtMost: 12, gatheredAtMost: 12, sampledAtMost: 5 },
  ],
])("[S2] [S3] [Y4] [L13] [L15] matches a filter over all keys, where %s", async (_, limits) => {
  const property = fc.asyncProperty(inputs, fc.boolean(), policies, async (input, own, policy) => {
    const creatorId = own ? organization.userIds.ADMIN : null;
    const bound = { ...policy, defaultKeyId: keys[0]?.id ?? null };
    const viewerId = organization.userIds[own ? "ADMIN" : "OWNER"];
    const scope = { organizationId: organization.id, creatorId, viewerId, now, ...bound };
    const matches = keys.filter(
      (key) =>
        (creatorId === null || key.creatorId === creatorId) &&
        isFound(key, input.search) &&
        meetsFilters(key, input.filters, bound, now),
    );
    const listed = inOrder(matches.filter(isUnder(input.status, bound)), input, bound);
    const start = (input.page - 1) * input.pageSize;

    const found = await findKeys(scope, input, limits);
    expect(found.ids).toEqual(listed.slice(start, start + input.pageSize));
    for (const status of keyListStatuses) {
      const { count, isAll } = found.counts[status];
      const real = matches.filter(isUnder(status, bound)).length;
      if (isAll) expect(count).toBe(real);
      else expect(count).toBeLessThanOrEqual(real);
      // With a filter, a search or the own page, keys are collected; otherwise they are counted by status.
      const isWhole = !own && input.search === "" && Object.keys(input.filters).length === 0;
      if (isWhole ? real <= limits.countedAtMost : matches.length <= limits.gatheredAtMost / 3) {
        expect(isAll).toBe(true);
      }
    }
    // A page tells whether there is a next one; only a page past the end tells the exact total.
    if (found.counts[input.status].isAll || found.ids.length === 0) expect(found.total).toBe(listed.length);
    expect(found.total).toBeLessThanOrEqual(listed.length);
    expect(found.total > start + input.pageSize).toBe(listed.length > start + input.pageSize);
  });
  await fc.assert(property, { numRuns: 200 });
});
