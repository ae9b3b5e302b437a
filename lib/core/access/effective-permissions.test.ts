import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessLevels } from "./access-level";
import type { EffectivePermissions, PermissionFacts } from "./effective-permissions";
import { effectivePermissions, keyTypes } from "./effective-permissions";
import { builtInPermissions, isPublishable, levelHolds } from "./permission";
import type { Role } from "./role";
import { builtInRole } from "./role";

const role = (permissions: readonly string[], publishable = false): Role => ({
  id: "own",
  title: "Own",
  description: "",
  permissions,
  publishable,
});
const owner: PermissionFacts = {
  type: "secret",
  accessLevel: "OWNER",
  roles: [],
  creatorLevel: "OWNER",
  keyCreators: "OWNER",
};

const level = fc.constantFrom(...accessLevels);
const permission = fc.constantFrom(
  ...builtInPermissions,
  "intelligence:read",
  "intelligence:write",
  "keys:explode",
);
const anyRole = fc
  .tuple(fc.array(permission, { maxLength: 12 }), fc.boolean())
  .map(([permissions, publishable]) => role(permissions, publishable));
const facts: fc.Arbitrary<PermissionFacts> = fc.record({
  type: fc.constantFrom(...keyTypes),
  accessLevel: level,
  roles: fc.array(anyRole, { maxLength: 4 }),
  creatorLevel: fc.option(level, { nil: null }),
  keyCreators: level,
});

/** Enough runs to cover rare combinations of level, setting and permission. */
const often = { numRuns: 2000 };

const named = ({ roles }: PermissionFacts) => [...new Set(roles.flatMap((each) => each.permissions))].sort();
const isSubset = (a: EffectivePermissions, b: EffectivePermissions) =>
  a.permissions.every((each) => b.permissions.includes(each));

describe("effectivePermissions", () => {
  test("no roles, no permissions: not even an owner's key", () => {
    expect(effectivePermissions(owner)).toEqual({ permissions: [], limits: [] });
  });

  test("full_access on an OWNER key of an owner grants everything", () => {
    const { permissions, limits } = effectivePermissions({
      ...owner,
      roles: [builtInRole("full_access") ?? role([])],
    });
    expect(permissions).toEqual([...builtInPermissions].sort());
    expect(limits).toEqual([]);
  });

  test("[P9, L4] each bound removes its part and says so", () => {
    const roles = [role(["users:read", "keys:verify", "users:delete", "intelligence:read"])];
    expect(effectivePermissions({ ...owner, roles, accessLevel: "ADMIN", creatorLevel: "MEMBER" })).toEqual({
      permissions: ["intelligence:read", "users:read"],
      limits: [
        { by: "access_level", level: "ADMIN", permissions: ["users:delete"] },
        { by: "creator", level: "MEMBER", permissions: ["keys:verify"] },
      ],
    });
  });

  test("[Y9] a creator lowered to MEMBER lowers the key; raised again, the key is restored", () => {
    const roles = [role(["users:read", "users:delete"])];
    const before = effectivePermissions({ ...owner, roles });
    const lowered = effectivePermissions({ ...owner, roles, creatorLevel: "MEMBER" });
    expect(before.permissions).toEqual(["users:delete", "users:read"]);
    expect(lowered.permissions).toEqual(["users:read"]);
    expect(effectivePermissions({ ...owner, roles, creatorLevel: "OWNER" })).toEqual(before);
  });

  test("[P9] a creator without a grant in the namespace leaves nothing, an organization's own permissions included", () => {
    const roles = [role(["users:read", "intelligence:read"])];
    expect(effectivePermissions({ ...owner, roles, creatorLevel: null })).toEqual({
      permissions: [],
      limits: [{ by: "creator", level: null, permissions: ["intelligence:read", "users:read"] }],
    });
  });

  test("[J1] a public key keeps what is publishable", () => {
    const roles = [
      role(["organizations:read", "applications:read", "users:read", "intelligence:write", "case:read"]),
      role(["intelligence:read", "intelligence:list"], true),
    ];
    expect(effectivePermissions({ ...owner, type: "public", accessLevel: "MEMBER", roles })).toEqual({
      permissions: ["applications:read", "intelligence:read", "organizations:read"],
      limits: [
        {
          by: "key_type",
          permissions: ["case:read", "intelligence:list", "intelligence:write", "users:read"],
        },
      ],
    });
  });

  test("[B1, P9, J1] never exceeds any of its bounds", () => {
    fc.assert(
      fc.property(facts, (given) => {
        for (const each of effectivePermissions(given).permissions) {
          expect(named(given)).toContain(each);
          expect(levelHolds(given.accessLevel, each, given.keyCreators)).toBe(true);
          expect(given.creatorLevel).not.toBeNull();
          expect(levelHolds(given.creatorLevel ?? "MEMBER", each, given.keyCreators)).toBe(true);
          const publishable = given.roles.some((one) => one.publishable && one.permissions.includes(each));
          if (given.type === "public") expect(isPublishable(each, publishable)).toBe(true);
        }
      }),
      often,
    );
  });

  test("[B1, P9, J1] is exactly what all bounds allow, of either type and whoever created it", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { type, accessLevel, creatorLevel, keyCreators, roles } = given;
        const allowed = named(given).filter((each) => {
          const publishable = roles.some((one) => one.publishable && one.permissions.includes(each));
          return (
            creatorLevel !== null &&
            levelHolds(accessLevel, each, keyCreators) &&
            levelHolds(creatorLevel, each, keyCreators) &&
            (type === "secret" || isPublishable(each, publishable))
          );
        });
        expect(effectivePermissions(given).permissions).toEqual(allowed);
      }),
      often,
    );
  });

  test("[Y2] the setting for key creators only affects managing keys, and only for an ADMIN", () => {
    const decided = ["keys:create", "keys:delete", "keys:roll", "keys:update"];
    fc.assert(
      fc.property(facts, level, (given, setting) => {
        const before = effectivePermissions(given).permissions;
        const after = effectivePermissions({ ...given, keyCreators: setting }).permissions;
        const different = [...before, ...after].filter(
          (each) => !before.includes(each) || !after.includes(each),
        );
        for (const each of different) expect(decided).toContain(each);
        const isOfAnAdmin = [given.accessLevel, given.creatorLevel].includes("ADMIN");
        const isOpened = (given.keyCreators === "OWNER") !== (setting === "OWNER");
        if (!isOfAnAdmin || !isOpened) expect(different).toEqual([]);
      }),
      often,
    );
  });

  test("[S5, J1] a role marked publishable gives a public key more, never less, and a secret one the same", () => {
    fc.assert(
      fc.property(facts, anyRole, (given, extra) => {
        const as = (publishable: boolean) =>
          effectivePermissions({ ...given, roles: [...given.roles, { ...extra, publishable }] });
        expect(isSubset(as(false), as(true))).toBe(true);
        if (given.type === "secret") expect(as(true)).toEqual(as(false));
      }),
      often,
    );
  });

  test("[Y9] grows with each bound and never shrinks", () => {
    fc.assert(
      fc.property(facts, level, level, anyRole, (given, lower, higher, extra) => {
        fc.pre(accessLevels.indexOf(lower) <= accessLevels.indexOf(higher));
        const of = (change: Partial<PermissionFacts>) => effectivePermissions({ ...given, ...change });
        expect(isSubset(of({ accessLevel: lower }), of({ accessLevel: higher }))).toBe(true);
        expect(isSubset(of({ creatorLevel: lower }), of({ creatorLevel: higher }))).toBe(true);
        expect(isSubset(of({ creatorLevel: null }), of({ creatorLevel: lower }))).toBe(true);
        expect(isSubset(of({}), of({ roles: [...given.roles, extra] }))).toBe(true);
        expect(isSubset(of({ type: "public" }), of({ type: "secret" }))).toBe(true);
        // A lower setting is wider: OWNER gives an ADMIN the least.
        expect(isSubset(of({ keyCreators: higher }), of({ keyCreators: lower }))).toBe(true);
      }),
      often,
    );
  });

  test("[L4] each named permission is in exactly one place: held, or in one limit", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { permissions, limits } = effectivePermissions(given);
        const places = [permissions, ...limits.map((limit) => limit.permissions)].flat();
        expect([...places].sort()).toEqual(named(given));
        for (const limit of limits) expect(limit.permissions.length).toBeGreaterThan(0);
        expect(new Set(limits.map((limit) => limit.by)).size).toBe(limits.length);
      }),
    );
  });

  test("depends neither on the order of roles nor on doubles, and is sorted", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const answer = effectivePermissions(given);
        const roles = [...given.roles, ...given.roles].reverse();
        expect(effectivePermissions({ ...given, roles })).toEqual(answer);
        expect(answer.permissions).toEqual([...answer.permissions].sort());
      }),
    );
  });
});
