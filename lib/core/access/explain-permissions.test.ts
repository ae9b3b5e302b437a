import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessLevels } from "./access-level";
import type { PermissionFacts } from "./effective-permissions";
import { effectivePermissions, keyTypes } from "./effective-permissions";
import type { Hindrance } from "./explain-permissions";
import { explainPermissions } from "./explain-permissions";
import { builtInPermissions, isPublishable, levelHolds } from "./permission";
import type { Role } from "./role";
import { builtInRole } from "./role";

const role = (id: string, permissions: readonly string[], publishable = false): Role => ({
  id,
  title: id,
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
const permission = fc.constantFrom(...builtInPermissions, "intelligence:read", "case:write", "keys:explode");
const facts: fc.Arbitrary<PermissionFacts> = fc.record({
  type: fc.constantFrom(...keyTypes),
  accessLevel: level,
  roles: fc
    .array(fc.tuple(fc.array(permission, { maxLength: 12 }), fc.boolean()), { maxLength: 4 })
    .map((given) => given.map(([permissions, open], index) => role(`role_${index}`, permissions, open))),
  creatorLevel: fc.option(level, { nil: null }),
  keyCreators: level,
});

describe("explainPermissions", () => {
  test("[L4] one line per permission: its roles, and held or what removes it", () => {
    const roles = [
      role("reader", ["users:read", "keys:verify", "intelligence:read"]),
      role("keeper", ["users:delete", "keys:verify", "keys:roll", "keys:explode"]),
    ];
    const lines = explainPermissions({ ...owner, roles, accessLevel: "ADMIN", creatorLevel: "MEMBER" });
    expect(lines).toEqual([
      { permission: "intelligence:read", roles: ["reader"], hindrance: null },
      { permission: "keys:explode", roles: ["keeper"], hindrance: { by: "unknown_action" } },
      {
        permission: "keys:roll",
        roles: ["keeper"],
        hindrance: { by: "access_level", level: "ADMIN", bySetting: true },
      },
      {
        permission: "keys:verify",
        roles: ["reader", "keeper"],
        hindrance: { by: "creator", level: "MEMBER", bySetting: false },
      },
      {
        permission: "users:delete",
        roles: ["keeper"],
        hindrance: { by: "access_level", level: "ADMIN", bySetting: false },
      },
      { permission: "users:read", roles: ["reader"], hindrance: null },
    ]);
  });

  test("[L4] a creator who is ADMIN there is limited by the setting, one without a grant only by the missing grant", () => {
    const roles = [role("keys", ["keys:roll"])];
    const why = (over: Partial<PermissionFacts>) =>
      explainPermissions({ ...owner, roles, ...over })[0]?.hindrance;
    expect(why({ creatorLevel: "ADMIN" })).toEqual({ by: "creator", level: "ADMIN", bySetting: true });
    expect(why({ creatorLevel: "ADMIN", keyCreators: "ADMIN" })).toBeNull();
    expect(why({ creatorLevel: "MEMBER" })).toEqual({ by: "creator", level: "MEMBER", bySetting: false });
    expect(why({ creatorLevel: null })).toEqual({ by: "creator", level: null, bySetting: false });
    expect(why({ type: "public" })).toEqual({ by: "key_type" });
  });

  test("[L4] full_access of an owner's OWNER key lacks nothing", () => {
    const lines = explainPermissions({ ...owner, roles: [builtInRole("full_access") ?? role("", [])] });
    expect(lines.map((line) => line.permission)).toEqual([...builtInPermissions].sort());
    expect(lines.every((line) => line.hindrance === null)).toBe(true);
  });

  test("[L4] agrees with effectivePermissions: a line is held exactly if the key has it, else it names the limit", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { permissions, limits } = effectivePermissions(given);
        const lines = explainPermissions(given);
        const held = lines.filter((line) => line.hindrance === null).map((line) => line.permission);
        expect(held).toEqual(permissions);
        for (const { permission: named, hindrance } of lines) {
          const limit = limits.find((each) => each.permissions.includes(named));
          expect(hindrance === null).toBe(limit === undefined);
          if (hindrance === null || limit === undefined) continue;
          expect(hindrance.by === "unknown_action" ? "access_level" : hindrance.by).toBe(limit.by);
          if ("level" in hindrance && limit.by !== "key_type") expect(hindrance.level).toBe(limit.level);
        }
      }),
    );
  });

  test("[L4] each reason is true by itself, checked against the table and the roles", () => {
    const isTrue = (given: PermissionFacts, named: string, hindrance: Hindrance): boolean => {
      const open = given.roles.some((each) => each.publishable && each.permissions.includes(named));
      if (hindrance.by === "key_type") return given.type === "public" && !isPublishable(named, open);
      if (hindrance.by === "unknown_action") return !levelHolds("OWNER", named, "MEMBER");
      const bound = hindrance.by === "creator" ? given.creatorLevel : given.accessLevel;
      if (bound === null) return hindrance.level === null;
      const opened = levelHolds(bound, named, "MEMBER") && given.keyCreators === "OWNER";
      return !levelHolds(bound, named, given.keyCreators) && hindrance.bySetting === opened;
    };
    fc.assert(
      fc.property(facts, (given) => {
        for (const { permission: named, hindrance } of explainPermissions(given)) {
          if (hindrance !== null) expect(isTrue(given, named, hindrance)).toBe(true);
        }
      }),
    );
  });

  test("[L4] has each named permission once, sorted, with exactly the roles that name it", () => {
    fc.assert(
      fc.property(facts, (given) => {
        const lines = explainPermissions(given);
        const named = [...new Set(given.roles.flatMap((each) => each.permissions))].sort();
        expect(lines.map((line) => line.permission)).toEqual(named);
        for (const line of lines) {
          const by = given.roles.filter((each) => each.permissions.includes(line.permission));
          expect(line.roles).toEqual(by.map((each) => each.id));
        }
      }),
    );
  });
});
