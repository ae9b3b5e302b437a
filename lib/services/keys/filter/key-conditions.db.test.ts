import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
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
import { maximumFor } from "@/lib/core/keys/effective-end";
import { hygieneKinds, keyFindings } from "@/lib/core/keys/filter/hygiene";
import type { KeyFilters } from "@/lib/core/keys/filter/key-filters";
import { keyListDefaults, keyListStatuses } from "@/lib/core/keys/key-list-settings";
import { hasEnded, keyStatus } from "@/lib/core/keys/key-status";
import { keyListFilters } from "@/lib/schemas/key-list";
import { findKeys } from "../read/find-keys";

let organization: TestOrganization;
let keys: ListedKey[];

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Filtered");
  await insertRandomKeys(organization, 180, 3);
  await insertRandomKeys(await createTestOrganization("Elsewhere"), 30, 4);
  keys = await readListedKeys(organization);
});

const bounds = fc.constantFrom(null, 1, 8, 20).chain((maximumLifetimeDays) =>
  fc.constantFrom(null, 0, 1).map((at) => ({
    maximumLifetimeDays,
    defaultKeyId: at === null ? null : (keys[at]?.id ?? null),
  })),
);
const scopeOf = (bound: { maximumLifetimeDays: number | null; defaultKeyId: string | null }) => ({
  organizationId: organization.id,
  creatorId: null,
  viewerId: organization.userIds.OWNER,
  now,
  ...bound,
});
const some = (...values: string[]) => fc.subarray(values, { minLength: 1, maxLength: 2 });

describe("the filters of the list of keys", () => {
  test("[L13] combined, they select the keys that meet all of them, on any tab", async () => {
    const id = (of: (key: ListedKey) => string | null) => keys.map(of).find((value) => value !== null) ?? "";
    const kinds = {
      creator: some("admin", "owner@", organization.userIds.MEMBER, "nobody"),
      namespace: some(
        ...["organization", "front", "nowhere", `application:${id(({ applicationId }) => applicationId)}`],
        `workspace:${id(({ workspaceId }) => workspaceId)}`,
      ),
      role: some("read_only", "full_access", "no_such_role"),
      level: some("owner", "admin", "member"),
      type: some("secret", "public"),
      subject: some("cus_1", "CUS_1", "a%", "none"),
      label: some("team", "team=billing", "env=", "env=none"),
      created: some("<1d", ">1d", "<2026-05-31", "2026-05-31", ">2026-05-31"),
      used: some("never", "<1h", ">90d", "2026-06-01"),
      expires: some("never", "<14d", ">14d", ">2026-06-01", "<2026-06-01"),
      is: some(...hygieneKinds),
    } satisfies Record<keyof KeyFilters, unknown>;
    const filters = fc
      .subarray(Object.keys(kinds) as (keyof KeyFilters)[], { minLength: 1, maxLength: 3 })
      .chain((chosen) => fc.record(Object.fromEntries(chosen.map((kind) => [kind, kinds[kind]]))));
    const property = fc.asyncProperty(filters, bounds, async (wanted: KeyFilters, bound) => {
      const list = { ...keyListDefaults, filters: wanted, status: "all", pageSize: 100 } as const;
      const { counts } = await findKeys(scopeOf(bound), list);
      const { ids } = await findKeys(scopeOf(bound), list);
      const met = keys.filter((key) => meetsFilters(key, wanted, bound, now)).map((key) => key.id);
      expect(counts.all).toEqual({ count: met.length, isAll: true });
      if (met.length <= 100) expect([...ids].sort()).toEqual([...met].sort());
    });
    await fc.assert(property, { numRuns: 250 });
  });

  test("[L9] each finding counts the keys that have it by its one definition, with and without an index", async () => {
    const cases = fc.record({
      bound: bounds,
      status: fc.constantFrom(...keyListStatuses),
      filters: fc.constantFrom<KeyFilters>(
        ...[{}, { level: ["member"] }, { level: ["member"], is: ["idle"] }, { is: ["never-used"] }],
        ...[{ is: ["idle", "never-used"] }, { is: ["idle", "never-expires"], used: [">1d"] }],
      ),
    });
    const property = fc.asyncProperty(cases, async ({ bound, status, filters }) => {
      const { hygiene } = await findKeys(scopeOf(bound), { ...keyListDefaults, filters, status });
      const listed = keys.filter((key) => {
        const { deletedAt: _, ...times } = key;
        const lifetime = { ...times, deletedAt: null, maximumLifetimeDays: maximumFor(bound, key.id) };
        const is = keyStatus(lifetime, key.secrets[0]?.endsAt ?? null, now);
        const isUnder = status === "all" || is === status || (status === "active" && !hasEnded(is));
        // Choosing a finding does not change the counts of the others.
        const { is: _is, ...others } = filters;
        return isUnder && meetsFilters(key, others, bound, now);
      });
      for (const kind of hygieneKinds) {
        const found = listed.filter((key) =>
          keyFindings({ ...key, maximumLifetimeDays: maximumFor(bound, key.id) }, now).includes(kind),
        );
        expect(hygiene[kind], kind).toEqual({ count: found.length, isAll: true });
      }
    });
    await fc.assert(property, { numRuns: 100 });
    // The sample has keys on both sides of each finding's limit.
    const findings = keys.map((key) => keyFindings({ ...key, maximumLifetimeDays: null }, now));
    for (const kind of hygieneKinds)
      expect(findings.filter((found) => found.includes(kind)).length).toBeGreaterThan(1);
  });

  test.each<KeyFilters>([
    { label: ["team=\u0301"] },
    { used: [">9999-12-31"] },
    { created: ["9999-12-31"] },
    { expires: [">9999-12-31", "<1970-01-01"] },
  ])("finds nothing by what no key can have: %j", async (written) => {
    const filters = keyListFilters.parse(written);
    const scope = scopeOf({ maximumLifetimeDays: 20, defaultKeyId: null });
    const { ids } = await findKeys(scope, { ...keyListDefaults, filters, status: "all" });
    expect(ids).toEqual([]);
  });

  test("reports names that the organization does not have, and returns the names of those it has", async () => {
    const gone = "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d11";
    const elsewhere = await createTestOrganization("Private");
    const creator = [organization.userIds.ADMIN, "zoe", gone, elsewhere.userIds.OWNER];
    const place = keys.find(({ application }) => application !== null)?.application;
    const filters = {
      creator,
      namespace: [`application:${place?.id}`, `workspace:${gone}`, "nowhere"],
      role: ["read_only", "gone_role"],
    };
    const found = await findKeys(scopeOf({ maximumLifetimeDays: null, defaultKeyId: null }), {
      ...keyListDefaults,
      filters,
    });
    expect(Object.keys(found.names).sort()).toEqual(
      [organization.userIds.ADMIN, `application:${place?.id}`].sort(),
    );
    expect(found.names[`application:${place?.id}`]).toBe(place?.name);
    expect(found.missing).toEqual([
      "Nobody called “zoe” created a key here.",
      "The creator in the filter is not in this organization.",
      "The creator in the filter is not in this organization.",
      "The namespace in the filter no longer exists.",
      "There is no namespace called “nowhere”.",
      "This organization has no role “gone_role”.",
    ]);
  });
});
