import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { createTestResources } from "@/e2e/support/data/test-resources";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { accessLevels } from "@/lib/core/access/access-level";
import type { LifetimeBound } from "@/lib/core/keys/effective-end";
import { effectiveEnd, maximumFor } from "@/lib/core/keys/effective-end";
import { keyListStatuses, keySortColumns, sortDirections } from "@/lib/core/keys/key-list-settings";
import { keyStatus } from "@/lib/core/keys/key-status";
import { database } from "@/lib/db/client";
import type { LabelFilter } from "@/lib/schemas/key-filters";
import type { KeyListInput } from "@/lib/schemas/key-list";
import { findKeys } from "./find-keys";

let organization: TestOrganization;
let keys: Key[];
/** Names in the database's own order, which differs from JavaScript's. */
let places: Map<string, number>;

const now = new Date("2026-06-01T12:00:00.000Z");
const moments = [-2, -1, 0, 1, 2].map((hours) => new Date(now.getTime() + hours * 3_600_000));
const created = moments.map((moment) => new Date(moment.getTime() - 86_400_000));

/** Few values of each kind, so that rows have equal sort keys and searches find several. */
const keyData = fc.record({
  id: fc.stringMatching(/^[0-9A-Za-z]{16}$/),
  name: fc.constantFrom(
    "Deploy",
    "deploy 2",
    "100% sure",
    "snake_case",
    "O'Brien \\ son",
    "Rocket 🚀",
    "STORE",
  ),
  description: fc.constantFrom("", "naïve CAFÉ", "by Admin", "_%", "two\nlines"),
  creator: fc.constantFrom(...accessLevels),
  place: fc.constantFrom(null, "application", "workspace", "group", "organizationGroup"),
  accessLevel: fc.constantFrom(...accessLevels),
  type: fc.constantFrom("secret", "public"),
  createdAt: fc.constantFrom(...created),
  expiresAt: fc.constantFrom(null, ...moments),
  lastUsedAt: fc.constantFrom(null, ...moments),
  subject: fc.constantFrom(null, "cus_1", "CUS_1", "a%", "dep"),
  labels: fc.constantFrom({}, { team: "billing" }, { team: "billing", env: "" }, { env: "prod" }),
  isPaused: fc.boolean(),
  revokedAt: fc.option(fc.constantFrom(...moments), { freq: 3 }),
  isDeleted: fc.boolean(),
});

type Key = Awaited<ReturnType<typeof readKeys>>[number];

function readKeys() {
  const within = { include: { application: true } } as const;
  return database().apiKey.findMany({
    where: { organizationId: organization.id, deletedAt: null },
    include: { creator: true, application: true, workspace: within, userGroup: within },
  });
}

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Found");
  await insertKeys(organization, 200, 1);
  await insertKeys(await createTestOrganization("Elsewhere"), 50, 2);
  keys = await readKeys();
  const names = await database().$queryRaw<{ name: string }[]>`
    SELECT name FROM api_keys UNION SELECT name FROM users ORDER BY name`;
  places = new Map(names.map(({ name }, place) => [name, place]));
});

async function insertKeys(where: TestOrganization, count: number, seed: number) {
  const there = await createTestResources(where);
  for (const creator of accessLevels) {
    const userId = where.userIds[creator];
    const { id: organizationId } = where;
    const grant = (place: object) =>
      database().grant.create({ data: { organizationId, userId, accessLevel: "OWNER", ...place } });
    await grant({ applicationId: there.application.id });
    await grant({ workspaceId: there.workspace.id });
    for (const group of [there.group, there.organizationGroup]) await grant({ userGroupId: group.id });
  }
  const made = fc.sample(keyData, { numRuns: count, seed });
  await database().apiKey.createMany({
    data: made.map(({ creator, place, isDeleted, isPaused, ...key }) => {
      const at = place === null ? null : there[place];
      return {
        ...key,
        organizationId: where.id,
        accessLevel: key.type === "public" ? "MEMBER" : key.accessLevel,
        creatorId: where.userIds[creator],
        liveCreatorId: key.revokedAt === null ? where.userIds[creator] : null,
        pausedAt: isPaused ? key.createdAt : null,
        pausedById: isPaused ? where.userIds[creator] : null,
        revocationReason: key.revokedAt === null ? null : "person",
        deletedAt: isDeleted ? key.revokedAt : null,
        namespaceType: at?.type ?? "organization",
        applicationId: at?.type === "application" ? at.id : null,
        workspaceId: at?.type === "workspace" ? at.id : null,
        userGroupId: at?.type === "usergroup" ? at.id : null,
      };
    }),
  });
}

const has = (text: string | undefined, search: string) =>
  text?.toLowerCase().includes(search.toLowerCase()) === true;

function isFound(key: Key, search: string): boolean {
  const within = key.workspace ?? key.userGroup;
  const named = [
    key.name,
    key.description,
    key.subject ?? "",
    key.creator.name,
    key.creator.email,
    key.application?.name,
  ];
  const id = search.replace(/^key_/, "");
  return (
    [...named, within?.name, within?.application?.name].some((text) => has(text, search)) ||
    (id !== "" && has(key.id, id))
  );
}

const isUnder = (status: KeyListInput["status"], bound: LifetimeBound) => (key: Key) => {
  const { deletedAt: _, ...times } = key;
  const maximumLifetimeDays = maximumFor(bound, key.id);
  const is = keyStatus({ ...times, deletedAt: null, maximumLifetimeDays }, null, now);
  return status === "all" || is === status || (status === "active" && is === "paused");
};

/** A column's sort key, as a number. */
const sortValues: Readonly<Record<KeyListInput["sort"], (key: Key, bound: LifetimeBound) => number>> = {
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

function inOrder(found: readonly Key[], { sort, direction }: KeyListInput, bound: LifetimeBound): string[] {
  const sortValue = sortValues[sort];
  const compare = (a: Key, b: Key) => {
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

const filters: LabelFilter[] = [
  { name: "team", value: null },
  { name: "team", value: "billing" },
  { name: "env", value: "" },
  { name: "env", value: "no such value" },
];
const meets =
  ({ subject, label }: KeyListInput) =>
  (key: Key) =>
    (subject === "" || key.subject === subject) &&
    label.every(({ name, value }) => {
      const labels = new Map(Object.entries(key.labels as object));
      return value === null ? labels.has(name) : labels.get(name) === value;
    });

const inputs: fc.Arbitrary<KeyListInput> = fc.record({
  search: fc.oneof(
    { arbitrary: fc.constantFrom(...searches), weight: 4 },
    fc.stringMatching(/^(key_)?[0-9A-Za-z]{1,2}$/),
  ),
  subject: fc.constantFrom("", "", "", "cus_1", "CUS_1", "a%", "no such subject"),
  label: fc.subarray(filters, { maxLength: 2 }),
  status: fc.constantFrom(...keyListStatuses),
  sort: fc.constantFrom(...keySortColumns),
  direction: fc.constantFrom(...sortDirections),
  page: fc.integer({ min: 1, max: 12 }),
  pageSize: fc.constantFrom(10, 25),
});

/** Keys were created about a day ago, so a maximum of one day ends about half of them. */
const policies = fc.constantFrom(null, 1, 2).map((maximumLifetimeDays) => ({ maximumLifetimeDays }));

test.each([
  ["all that is found is counted", { countedAtMost: 10_000, gatheredAtMost: 5_000 }],
  ["more is found than is counted", { countedAtMost: 30, gatheredAtMost: 12 }],
])("[S2] [S3] [Y4] [L13] [L15] matches a filter over all keys, where %s", async (_, limits) => {
  const property = fc.asyncProperty(inputs, fc.boolean(), policies, async (input, own, policy) => {
    const creatorId = own ? organization.userIds.ADMIN : null;
    const bound = { ...policy, defaultKeyId: keys[0]?.id ?? null };
    const scope = { organizationId: organization.id, creatorId, now, ...bound };
    const matches = keys.filter(
      (key) =>
        (creatorId === null || key.creatorId === creatorId) &&
        isFound(key, input.search) &&
        meets(input)(key),
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
      const isWhole = input.search === "" && input.subject === "" && input.label.length === 0;
      if (real <= Math.min(limits.countedAtMost, limits.gatheredAtMost) && isWhole) expect(isAll).toBe(true);
    }
    // A page tells whether there is a next one; a page past the end tells where the end is.
    if (found.counts[input.status].isAll || found.ids.length === 0) expect(found.total).toBe(listed.length);
    expect(found.total).toBeLessThanOrEqual(listed.length);
    expect(found.total > start + input.pageSize).toBe(listed.length > start + input.pageSize);
  });
  await fc.assert(property, { numRuns: 200 });
});
