import { beforeAll, describe, expect, test } from "vitest";
import { insertRandomKeys, type ListedKey, listedNow, readListedKeys } from "@/e2e/support/data/random-keys";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { createTestResources, giveTestGrant } from "@/e2e/support/data/test-resources";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { FilterKind } from "@/lib/core/keys/filter/key-filters";
import { filterKinds } from "@/lib/core/keys/filter/key-filters";
import { database } from "@/lib/db/client";
import { keyFacetsInput, keyListInput } from "@/lib/schemas/key-list";
import { listKeys, listOwnKeys } from "../read/list-keys";
import { readKeyFacets } from "./key-facets";
import { resolveFilters } from "./resolve-filters";

let organization: TestOrganization;
let keys: ListedKey[];

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Facets");
  await insertRandomKeys(organization, 120, 5);
  await insertRandomKeys(await createTestOrganization("Elsewhere"), 40, 6);
  keys = await readListedKeys(organization);
});

const contextAt = async (level: "OWNER" | "MEMBER") => {
  const context = await organization.as(level);
  return { ...context, origin: { ...context.origin, at: listedNow } };
};
const facets = async (kind: FilterKind, over: object = {}) =>
  readKeyFacets(
    await contextAt("OWNER"),
    keyFacetsInput.parse({ list: { status: "all" }, kind, find: "", own: false, ...over }),
  );

describe("the values of a filter", () => {
  test("[L13] each count is what the list shows with that value", async () => {
    const context = await contextAt("OWNER");
    for (const kind of filterKinds) {
      const list = { status: "all", filters: { level: ["member", "admin"] }, search: "" };
      const { values } = value(await facets(kind, { list }));
      expect(values.length, kind).toBeGreaterThan(1);
      for (const { value: one, keys: counted } of values) {
        const { list: parsed } = keyFacetsInput.parse({ list, kind, find: "", own: false });
        const shown = value(
          await listKeys(context, {
            ...{ sort: "created", direction: "desc", page: 1, pageSize: 10 },
            ...parsed,
            filters: { ...parsed.filters, [kind]: [one] },
          }),
        );
        expect(counted, `${kind}:${one}`).toEqual(shown.counts.all);
      }
    }
  });

  test("a person and a namespace are written by name, unless the name is ambiguous", async () => {
    const textOf = async (kind: "creator" | "namespace", id: string) =>
      value(await facets(kind)).values.find((facet) => facet.value === id)?.text;
    const { ADMIN, OWNER } = organization.userIds;
    const named = (id: string, name: string) => database().user.update({ where: { id }, data: { name } });
    const before = await database().user.findMany({ where: { id: { in: [ADMIN, OWNER] } } });
    await named(ADMIN, "Ana Sousa");
    await named(OWNER, "Ana Sousa-Lopes");
    expect(await textOf("creator", OWNER)).toBe("Ana Sousa-Lopes");
    const email = await textOf("creator", ADMIN);
    expect(email).toMatch(/@/);
    // A whole email means one person, even if another one's ends with it.
    await database().user.update({ where: { id: OWNER }, data: { email: `di${email}` } });
    const viewerId = organization.userIds.OWNER;
    const whose = { organizationId: organization.id, creatorId: null, viewerId };
    const { conditions } = await resolveFilters(whose, { creator: [email ?? ""] }, listedNow);
    expect(conditions.creators).toEqual([ADMIN]);
    for (const { id, name, email: own } of before) {
      await database().user.update({ where: { id }, data: { name, email: own } });
    }
  });

  test("people are found by a part of their name, the chosen ones come first, and nobody of another organization is shown", async () => {
    const found = value(await facets("creator", { find: "ADMIN" })).values;
    expect(found.map(({ value: id }) => id)).toEqual([organization.userIds.ADMIN]);
    const chosen = organization.userIds.OWNER;
    const all = value(
      await facets("creator", { list: { status: "all", filters: { creator: [chosen] } } }),
    ).values;
    expect(all[0]?.value).toBe(chosen);
    expect(all.map(({ value: id }) => id).sort()).toEqual(
      [...new Set(keys.map((key) => key.creatorId))].sort(),
    );
  });

  test("on a person's own page only their keys are counted", async () => {
    const member = await contextAt("MEMBER");
    const ask = { list: { status: "all" }, kind: "level", find: "", own: true };
    const context = { ...member, organization: { ...member.organization, keyCreators: "MEMBER" as const } };
    const { values } = value(await readKeyFacets(context, keyFacetsInput.parse(ask)));
    const mine = keys.filter((key) => key.creatorId === organization.userIds.MEMBER);
    expect(values.reduce((sum, each) => sum + each.keys.count, 0)).toBe(mine.length);
    expect(await readKeyFacets(context, keyFacetsInput.parse({ ...ask, own: false }))).toMatchObject({
      code: "not_found",
    });
  });

  test("a namespace is written by its full name, which excludes those inside it", async () => {
    const places = await createTestOrganization("Places");
    const { application, workspace, group } = await createTestResources(places);
    const { name } = await database().application.findUniqueOrThrow({ where: { id: application.id } });
    const asked = keyFacetsInput.parse({
      list: { status: "all" },
      kind: "namespace",
      find: name,
      own: false,
    });
    const { values } = value(await readKeyFacets(await places.as("OWNER"), asked));
    expect(values.find((each) => each.value === `application:${application.id}`)?.text).toBe(name);
    const meant = async (namespace: string) => {
      const whose = { organizationId: places.id, creatorId: null, viewerId: places.userIds.OWNER };
      const { conditions, names } = await resolveFilters(whose, { namespace: [namespace] }, listedNow);
      return { ids: conditions.namespaces?.map(({ id }) => id), named: names[namespace] };
    };
    expect(await meant(name.toUpperCase())).toEqual({ ids: [application.id], named: name });
    const part = await meant(name.slice(0, -1));
    expect(part.ids).toEqual(expect.arrayContaining([application.id, workspace.id, group.id]));
    expect(part.named).toBeUndefined();
    const twin = await database().userGroup.create({ data: { organizationId: places.id, name } });
    const again = value(await readKeyFacets(await places.as("OWNER"), asked)).values;
    expect(again.map(({ text }) => text)).toEqual(
      expect.arrayContaining([`application:${application.id}`, `usergroup:${twin.id}`]),
    );
    // An id is recognized whatever the namespace is called.
    for (const called of ["organization", `application:${application.id}`]) {
      await database().userGroup.create({ data: { organizationId: places.id, name: called } });
    }
    expect((await meant("organization")).ids).toEqual([places.id]);
    expect((await meant(`application:${application.id}`)).ids).toEqual([application.id]);
  });

  test("[B2] on their own page a member learns of no namespace and of no creator that they do not see", async () => {
    const hidden = await createTestOrganization("Hidden");
    await database().organization.update({ where: { id: hidden.id }, data: { keyCreators: "MEMBER" } });
    const { application, workspace, group, organizationGroup } = await createTestResources(hidden);
    await createTestKey(hidden, { creator: "ADMIN" });
    const offered = async (level: AccessLevel, kind: FilterKind) => {
      const asked = keyFacetsInput.parse({ list: { status: "all" }, kind, find: "", own: true });
      const { values } = value(await readKeyFacets(await hidden.as(level), asked));
      return values.map((each) => each.value).sort();
    };
    const told = async (level: AccessLevel) => {
      const namespace = [`workspace:${workspace.id}`, "production"];
      const list = keyListInput.parse({ status: "all", filters: { namespace, creator: ["admin of"] } });
      const { filterNames, missing } = value(await listOwnKeys(await hidden.as(level), list));
      return { names: Object.values(filterNames), missing: missing.length };
    };
    const open = [`application:${application.id}`, "organization", `usergroup:${organizationGroup.id}`];
    const inside = [`usergroup:${group.id}`, `workspace:${workspace.id}`];
    expect(await offered("MEMBER", "namespace")).toEqual(open.sort());
    expect(await offered("MEMBER", "creator")).toEqual([]);
    expect(await told("MEMBER")).toEqual({ names: [], missing: 3 });
    expect(await offered("OWNER", "namespace")).toEqual([...open, ...inside].sort());
    expect(await offered("ADMIN", "creator")).toEqual([hidden.userIds.ADMIN]);

    await giveTestGrant(hidden, hidden.userIds.MEMBER, workspace, "MEMBER");
    expect(await offered("MEMBER", "namespace")).toEqual([...open, `workspace:${workspace.id}`].sort());
    expect(await told("MEMBER")).toEqual({ names: ["Storefront / Production"], missing: 1 });
    await giveTestGrant(hidden, hidden.userIds.MEMBER, application, "MEMBER");
    expect(await offered("MEMBER", "namespace")).toEqual([...open, ...inside].sort());
  });

  test("[B2] in the whole list an admin learns of a workspace from a grant or a key in it", async () => {
    const hidden = await createTestOrganization("Hidden");
    const { application, workspace, group, organizationGroup } = await createTestResources(hidden);
    const list = { status: "all" };
    const offered = async () => {
      const asked = keyFacetsInput.parse({ list, kind: "namespace", find: "", own: false });
      const { values } = value(await readKeyFacets(await hidden.as("ADMIN"), asked));
      return values.map((each) => each.value).sort();
    };
    const missing = async (namespace: string) => {
      const page = await listKeys(
        await hidden.as("ADMIN"),
        keyListInput.parse({ ...list, filters: { namespace: [namespace] } }),
      );
      return value(page).missing;
    };
    const open = [`application:${application.id}`, "organization", `usergroup:${organizationGroup.id}`];
    expect(await offered()).toEqual(open.sort());
    expect(await missing("production")).toHaveLength(1);
    expect(await missing(`workspace:${workspace.id}`)).toHaveLength(1);
    await giveTestGrant(hidden, hidden.userIds.OWNER, workspace, "OWNER");
    await createTestKey(hidden, { namespace: { type: "workspace", id: workspace.id } });
    expect(await offered()).toEqual([...open, `workspace:${workspace.id}`].sort());
    expect(await missing("production")).toEqual([]);
    await giveTestGrant(hidden, hidden.userIds.ADMIN, group, "MEMBER");
    expect(await offered()).toContain(`usergroup:${group.id}`);
  });

  test.each([
    { kind: "hash" },
    { find: "x".repeat(101) },
    { find: "\0" },
    { list: { filters: { level: ["boss"] } } },
  ])("refuses %j", (over) => {
    const ask = { list: {}, kind: "level", find: "", own: false, ...over };
    expect(keyFacetsInput.safeParse(ask).success).toBe(false);
  });
});
