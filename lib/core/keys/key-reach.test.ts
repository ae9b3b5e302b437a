import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessLevels } from "../access/access-level";
import { effectivePermissions } from "../access/effective-permissions";
import { mayManageResource } from "../access/manage-resources";
import type { NamespaceType } from "../access/namespace";
import { namespaceTypes, permissionWords } from "../access/namespace";
import { builtInPermissions } from "../access/permission";
import { resourceTypes } from "../access/resource";
import { builtInRole } from "../access/role";
import type { KeyPlace, Reachable } from "./key-reach";
import { isInNamespace, keySees, mayKeyCreate, mayKeyManage, mayKeyRead } from "./key-reach";

// Two organizations. The first has two applications with two workspaces and two groups each, and two groups of its own.
const world = {
  acme: { type: "organization", id: "acme", applicationId: null },
  other: { type: "organization", id: "other", applicationId: null },
  shop: { type: "application", id: "shop", applicationId: null },
  blog: { type: "application", id: "blog", applicationId: null },
  "shop/live": { type: "workspace", id: "shop/live", applicationId: "shop" },
  "shop/test": { type: "workspace", id: "shop/test", applicationId: "shop" },
  "blog/live": { type: "workspace", id: "blog/live", applicationId: "blog" },
  "shop/staff": { type: "usergroup", id: "shop/staff", applicationId: "shop" },
  "shop/guests": { type: "usergroup", id: "shop/guests", applicationId: "shop" },
  "blog/staff": { type: "usergroup", id: "blog/staff", applicationId: "blog" },
  board: { type: "usergroup", id: "board", applicationId: null },
  everyone: { type: "usergroup", id: "everyone", applicationId: null },
} as const satisfies Record<string, Reachable>;
type Name = keyof typeof world;
const names = Object.keys(world) as Name[];

const placeOf = (name: Name): KeyPlace => {
  const { type, id, applicationId } = world[name];
  return {
    namespace: { type, id },
    organizationId: "acme",
    applicationId: type === "application" ? id : applicationId,
  };
};

// Written by hand from the Passport rules: what each kind of key's lists return, and what it may change.
const sees: Partial<Record<Name, Partial<Record<NamespaceType, readonly Name[]>>>> = {
  acme: { organization: ["acme"], application: ["shop", "blog"], usergroup: ["board", "everyone"] },
  shop: {
    organization: ["acme"],
    application: ["shop"],
    workspace: ["shop/live", "shop/test"],
    usergroup: ["shop/staff", "shop/guests"],
  },
  "shop/live": { organization: ["acme"], application: ["shop"], workspace: ["shop/live"] },
  "shop/staff": { organization: ["acme"], application: ["shop"], usergroup: ["shop/staff"] },
  board: { organization: ["acme"], usergroup: ["board"] },
};
const isIn: Partial<Record<Name, readonly Name[]>> = {
  acme: ["acme", "shop", "blog", "board", "everyone"],
  shop: ["shop", "shop/live", "shop/test", "shop/staff", "shop/guests"],
  "shop/live": ["shop/live"],
  "shop/staff": ["shop/staff"],
  board: ["board"],
};
const keys = Object.keys(sees) as Name[];

describe("the Passport rules", () => {
  test.each(keys)("[P3] [P10] [P11] [P12] what a key of %s sees, and no more", (key) => {
    for (const type of namespaceTypes) {
      const seen = names.filter((name) => world[name].type === type && keySees(placeOf(key), world[name]));
      expect(seen, `the ${type}s`).toEqual(sees[key]?.[type] ?? []);
    }
  });

  test.each(keys)("[P3] where a key of %s may change something", (key) => {
    expect(names.filter((name) => isInNamespace(placeOf(key), world[name]))).toEqual(isIn[key]);
  });

  test("a key sees everything in its namespace", () => {
    for (const key of keys) {
      for (const name of isIn[key] ?? []) expect(keySees(placeOf(key), world[name]), name).toBe(true);
    }
  });
});

const all = builtInPermissions;
const owner = { organization: "OWNER", parent: "OWNER", own: "OWNER" } as const;
const resources = names.flatMap((name) => {
  const thing = world[name];
  return thing.type === "organization" ? [] : [{ name, thing }];
});

describe("what a key changes", () => {
  test("[P12] in an application, only where its creator may edit the resource itself", () => {
    const authority = { place: placeOf("shop"), permissions: all };
    for (const thing of [world["shop/live"], world["shop/staff"]]) {
      for (const verb of ["update", "delete"] as const) {
        for (const own of [null, ...accessLevels]) {
          const creator = { organization: "OWNER", parent: "OWNER", own } as const;
          const expected = own === "ADMIN" || own === "OWNER";
          expect(mayKeyManage(authority, verb, thing, creator), `${verb} with ${own}`).toBe(expected);
        }
      }
    }
  });

  test("[P9] who has access, only where its creator is an OWNER, and only with users:update", () => {
    for (const permissions of [all, all.filter((permission) => permission !== "users:update")]) {
      const authority = { place: placeOf("shop"), permissions };
      for (const own of [null, ...accessLevels]) {
        const creator = { organization: "OWNER", parent: "OWNER", own } as const;
        const expected = own === "OWNER" && permissions === all;
        expect(mayKeyManage(authority, "grant", world["shop/live"], creator), `${own}`).toBe(expected);
      }
      const acme = { place: placeOf("acme"), permissions };
      expect(mayKeyManage(acme, "grant", world.shop, owner)).toBe(permissions === all);
      expect(mayKeyManage(acme, "grant", world["shop/live"], owner)).toBe(false);
    }
  });

  test("[P9] in an organization, where its creator may: an owner everywhere, others by their grant", () => {
    const authority = { place: placeOf("acme"), permissions: all };
    const rename = (organization: "OWNER" | "ADMIN", own: "ADMIN" | "MEMBER" | null) =>
      mayKeyManage(authority, "update", world.shop, { organization, parent: organization, own });
    expect([rename("OWNER", null), rename("ADMIN", "ADMIN")]).toEqual([true, true]);
    expect([rename("ADMIN", "MEMBER"), rename("ADMIN", null)]).toEqual([false, false]);
  });

  test("[P9] never what its creator may not, what is outside, or what no permission names", () => {
    const level = fc.constantFrom(null, ...accessLevels);
    const cell = fc.record({
      key: fc.constantFrom(...keys),
      resource: fc.constantFrom(...resources),
      verb: fc.constantFrom("update" as const, "delete" as const),
      permissions: fc.subarray(all),
      creator: fc.record({ organization: fc.constantFrom(...accessLevels), parent: level, own: level }),
    });
    fc.assert(
      fc.property(cell, ({ key, resource: { name, thing }, verb, permissions, creator }) => {
        const may = mayKeyManage({ place: placeOf(key), permissions }, verb, thing, creator);
        const expected =
          (isIn[key] ?? []).includes(name) &&
          permissions.includes(`${permissionWords[thing.type]}:${verb}`) &&
          mayManageResource(creator, verb, thing.type);
        if (may) expect(expected).toBe(true);
        else if (expected) expect(key).not.toBe("acme");
      }),
      { numRuns: 2000 },
    );
  });

  test("[P12] it creates resources only inside its namespace", () => {
    const places = [null, "shop", "blog"];
    const created = keys.flatMap((key) =>
      resourceTypes.flatMap((type) =>
        places
          .filter((place) => mayKeyCreate({ place: placeOf(key), permissions: all }, type, place))
          .map((place) => `${key}: ${type} in ${place}`),
      ),
    );
    expect(created).toEqual([
      "acme: application in null",
      "acme: usergroup in null",
      "shop: workspace in shop",
      "shop: usergroup in shop",
    ]);
  });

  test.each(resourceTypes)("each permission on a %s allows only its own verb", (type) => {
    const word = permissionWords[type];
    const key = type === "application" ? "acme" : "shop";
    const thing = { type, id: type, applicationId: type === "application" ? null : "shop" };
    const where = type === "application" ? null : "shop";
    const verbs = (permissions: readonly string[]) => {
      const authority = { place: placeOf(key), permissions };
      return {
        read: mayKeyRead(authority, type),
        create: mayKeyCreate(authority, type, where),
        update: mayKeyManage(authority, "update", thing, owner),
        delete: mayKeyManage(authority, "delete", thing, owner),
      };
    };
    for (const verb of ["read", "create", "update", "delete"] as const) {
      const none = { read: false, create: false, update: false, delete: false };
      expect(verbs([`${word}:${verb}`])).toEqual({ ...none, [verb]: true });
      expect(verbs(all.filter((permission) => permission !== `${word}:${verb}`))[verb]).toBe(false);
    }
  });

  test("[J1] a public key reads organizations and applications, and changes nothing", () => {
    const { permissions } = effectivePermissions({
      type: "public",
      accessLevel: "MEMBER",
      roles: [builtInRole("full_access")].flatMap((role) => role ?? []),
      creatorLevel: "OWNER",
      keyCreators: "OWNER",
    });
    expect(namespaceTypes.filter((type) => mayKeyRead({ permissions }, type))).toEqual([
      "organization",
      "application",
    ]);
    for (const key of keys) {
      const authority = { place: placeOf(key), permissions };
      for (const { thing } of resources) {
        expect(mayKeyManage(authority, "update", thing, owner)).toBe(false);
        expect(mayKeyManage(authority, "delete", thing, owner)).toBe(false);
      }
    }
  });
});
