import fc from "fast-check";
import { expect, test } from "vitest";
import { accessLevels } from "./access-level";
import type { PermissionFacts } from "./effective-permissions";
import { effectivePermissions, keyTypes } from "./effective-permissions";
import { builtInPermissions } from "./permission";
import type { Role } from "./role";
import { roleChange } from "./role-change";

function role(permissions: readonly string[], over: Partial<Role> = {}): Role {
  return { id: "ic_viewer", title: "Viewer", description: "", permissions, publishable: false, ...over };
}

function facts(over: Partial<PermissionFacts> = {}): PermissionFacts {
  return {
    type: "secret",
    accessLevel: "ADMIN",
    creatorLevel: "OWNER",
    keyCreators: "OWNER",
    roles: [role(["intelligence:read", "keys:read"])],
    ...over,
  };
}

test("[S5] says what a key gains and what it loses", () => {
  expect(roleChange(facts(), role(["intelligence:read", "intelligence:write", "audit:read"]))).toEqual({
    gains: ["audit:read", "intelligence:write"],
    losses: ["keys:read"],
  });
});

test("[S5] a permission that another role of the key also names is not a change", () => {
  const both = facts({ roles: [role(["intelligence:read"]), role(["intelligence:read"], { id: "other" })] });
  expect(roleChange(both, role(["intelligence:write"]))).toEqual({
    gains: ["intelligence:write"],
    losses: [],
  });
});

test("[S5] [L4] permissions denied by the key's level, creator or type do not count as changes", () => {
  const none = { gains: [], losses: [] };
  const more = role(["intelligence:read", "keys:read", "organizations:update"]);
  expect(roleChange(facts(), more)).toEqual(none);
  expect(roleChange(facts({ accessLevel: "OWNER", creatorLevel: "ADMIN" }), more)).toEqual(none);
  const open = facts({ type: "public", accessLevel: "MEMBER" });
  expect(roleChange(open, role(["intelligence:read", "intelligence:write"]))).toEqual(none);
});

test("[S5] a role becoming publishable gives a public key its own permissions to read", () => {
  const open = facts({ type: "public", accessLevel: "MEMBER", roles: [role(["intelligence:read"])] });
  const published = role(["intelligence:read", "intelligence:write"], { publishable: true });
  expect(roleChange(open, published)).toEqual({ gains: ["intelligence:read"], losses: [] });
  expect(roleChange({ ...open, roles: [published] }, role(["intelligence:read"]))).toEqual({
    gains: [],
    losses: ["intelligence:read"],
  });
});

test("[S5] unchanged permissions plus the gains are what the key may do afterwards", () => {
  const permissions = fc.subarray([...builtInPermissions, "intelligence:read", "intelligence:write"]);
  const level = fc.constantFrom(...accessLevels);
  fc.assert(
    fc.property(
      fc.record({
        type: fc.constantFrom(...keyTypes),
        accessLevel: level,
        creatorLevel: fc.option(level),
        keyCreators: level,
      }),
      permissions,
      permissions,
      permissions,
      fc.boolean(),
      (rest, first, second, next, publishable) => {
        const roles = [role(first), role(second, { id: "other", publishable: true })];
        const changed = role(next, { publishable });
        const { gains, losses } = roleChange({ ...rest, roles }, changed);
        const before = effectivePermissions({ ...rest, roles }).permissions;
        const kept = before.filter((permission) => !losses.includes(permission));
        const after = effectivePermissions({ ...rest, roles: [changed, ...roles.slice(1)] }).permissions;
        expect([...kept, ...gains].sort()).toEqual(after);
      },
    ),
  );
});
