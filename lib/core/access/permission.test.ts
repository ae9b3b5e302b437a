import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccessLevel } from "./access-level";
import { accessLevels } from "./access-level";
import {
  builtInPermissions,
  creatableUserLevels,
  isOwnPermission,
  isPublishable,
  isUnknownAction,
  levelHolds,
  permissionPattern,
} from "./permission";

// Every cell, written by hand. What an ADMIN holds can depend on the organization's setting keyCreators.
const table = `
permission           | MEMBER | ADMIN, setting OWNER | ADMIN, setting ADMIN | ADMIN, setting MEMBER | OWNER
organizations:read   | yes    | yes                  | yes                  | yes                   | yes
applications:read    | yes    | yes                  | yes                  | yes                   | yes
workspaces:read      | yes    | yes                  | yes                  | yes                   | yes
usergroups:read      | yes    | yes                  | yes                  | yes                   | yes
users:read           | yes    | yes                  | yes                  | yes                   | yes
tokens:issue         | yes    | yes                  | yes                  | yes                   | yes
applications:create  | no     | yes                  | yes                  | yes                   | yes
applications:update  | no     | yes                  | yes                  | yes                   | yes
workspaces:create    | no     | yes                  | yes                  | yes                   | yes
workspaces:update    | no     | yes                  | yes                  | yes                   | yes
workspaces:delete    | no     | yes                  | yes                  | yes                   | yes
usergroups:create    | no     | yes                  | yes                  | yes                   | yes
usergroups:update    | no     | yes                  | yes                  | yes                   | yes
usergroups:delete    | no     | yes                  | yes                  | yes                   | yes
users:create         | no     | yes                  | yes                  | yes                   | yes
keys:read            | no     | yes                  | yes                  | yes                   | yes
keys:revoke          | no     | yes                  | yes                  | yes                   | yes
keys:verify          | no     | yes                  | yes                  | yes                   | yes
audit:read           | no     | yes                  | yes                  | yes                   | yes
organizations:update | no     | no                   | no                   | no                    | yes
applications:delete  | no     | no                   | no                   | no                    | yes
users:update         | no     | no                   | no                   | no                    | yes
users:delete         | no     | no                   | no                   | no                    | yes
roles:manage         | no     | no                   | no                   | no                    | yes
webhooks:manage      | no     | no                   | no                   | no                    | yes
keys:create          | no     | no                   | yes                  | yes                   | yes
keys:update          | no     | no                   | yes                  | yes                   | yes
keys:roll            | no     | no                   | yes                  | yes                   | yes
keys:delete          | no     | no                   | yes                  | yes                   | yes`;

const rows = table
  .trim()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [permission = "", ...cells] = line.split("|").map((cell) => cell.trim());
    return [permission, cells] as const;
  });

describe("levelHolds", () => {
  test.each(rows)("[B1, Y2] %s", (permission, cells) => {
    const held = (level: AccessLevel, keyCreators: AccessLevel) =>
      levelHolds(level, permission, keyCreators) ? "yes" : "no";
    for (const keyCreators of accessLevels) {
      expect(held("MEMBER", keyCreators), `MEMBER, ${keyCreators}`).toBe(cells[0]);
      expect(held("OWNER", keyCreators), `OWNER, ${keyCreators}`).toBe(cells[4]);
    }
    expect(held("ADMIN", "OWNER")).toBe(cells[1]);
    expect(held("ADMIN", "ADMIN")).toBe(cells[2]);
    expect(held("ADMIN", "MEMBER")).toBe(cells[3]);
  });

  test("the table above has every built-in permission, once", () => {
    expect(rows.map(([permission]) => permission).sort()).toEqual([...builtInPermissions].sort());
  });

  test("[B1] a higher level holds all that a lower one holds, whatever the permission", () => {
    const anyPermission = fc.oneof(
      fc.constantFrom(...builtInPermissions),
      fc.stringMatching(permissionPattern),
      fc.string(),
    );
    fc.assert(
      fc.property(anyPermission, fc.constantFrom(...accessLevels), (permission, keyCreators) => {
        const held = accessLevels.map((level) => levelHolds(level, permission, keyCreators));
        expect(held).toEqual([...held].sort((a, b) => Number(a) - Number(b)));
      }),
    );
  });

  test.each([
    "keys:explode",
    "keys:",
    "keys",
    "keys:read:all",
    "keys:READ",
    "organizations:__proto__",
    "users:constructor",
  ])("an action that a built-in resource lacks is denied for all: %s", (permission) => {
    for (const level of accessLevels) expect(levelHolds(level, permission, "MEMBER")).toBe(false);
  });

  test("an organization's own permissions are bounded only by roles", () => {
    for (const level of accessLevels) {
      expect(levelHolds(level, "intelligence:read", "OWNER")).toBe(true);
      expect(levelHolds(level, "intelligence:write", "OWNER")).toBe(true);
    }
  });
});

test("permissions are resource:action in lower case, and every built-in one is", () => {
  for (const permission of builtInPermissions) expect(permission).toMatch(permissionPattern);
  for (const right of ["a:b", `${"a".repeat(40)}:${"b".repeat(40)}`, "ic_2-x:read_all"]) {
    expect(right).toMatch(permissionPattern);
  }
  for (const wrong of [
    `a:${"b".repeat(41)}`,
    "",
    ":",
    "a:",
    ":b",
    "A:b",
    "a:b:c",
    "a b:c",
    "a:b\n",
    "*:*",
    "a:*",
    `${"a".repeat(41)}:b`,
  ]) {
    expect(wrong).not.toMatch(permissionPattern);
  }
});

describe("isPublishable", () => {
  test("[J1] only two of the built-in permissions, whatever the role says", () => {
    for (const publishable of [true, false]) {
      const allowed = builtInPermissions.filter((permission) => isPublishable(permission, publishable));
      expect(allowed.sort()).toEqual(["applications:read", "organizations:read"]);
    }
  });

  test("[J1] of an organization's own, only reading, and only by a publishable role", () => {
    expect(isPublishable("intelligence:read", true)).toBe(true);
    expect(isPublishable("intelligence:read", false)).toBe(false);
    expect(isPublishable("intelligence:write", true)).toBe(false);
    expect(isPublishable("intelligence:spread", true)).toBe(false);
    expect(isOwnPermission("intelligence:read")).toBe(true);
    expect(isOwnPermission("keys:read")).toBe(false);
  });
});

test.each<[AccessLevel, AccessLevel[]]>([
  ["MEMBER", []],
  ["ADMIN", ["MEMBER"]],
  ["OWNER", ["MEMBER", "ADMIN"]],
])("[B5] %s creates users of levels %j", (level, levels) => {
  expect(creatableUserLevels(level)).toEqual(levels);
});

test("[S5] an action that a built-in resource lacks is unknown; one of an own resource never is", () => {
  expect(["workspaces:updat", "keys:rotate", "organizations:delete"].filter(isUnknownAction)).toHaveLength(3);
  expect([...builtInPermissions, "intelligence:read", "key:read"].filter(isUnknownAction)).toEqual([]);
});
