import { expect, test } from "vitest";
import { builtInPermissions } from "./permission";
import { builtInRole, builtInRoles, matchesRole, roleLabel } from "./role";

test("[S5] a role is shown as id - Title", () => {
  expect(roleLabel({ id: "ic_viewer", title: "Intelligence Center Read-Only" })).toBe(
    "ic_viewer - Intelligence Center Read-Only",
  );
});

test("the catalog: full_access is every permission, and no other role is", () => {
  expect([...(builtInRole("full_access")?.permissions ?? [])].sort()).toEqual([...builtInPermissions].sort());
  for (const role of builtInRoles) {
    if (role.id !== "full_access")
      expect(role.permissions.length).toBeLessThan(builtInPermissions.length / 2);
  }
});

test("each role names built-in permissions, at least one, each once", () => {
  for (const { id, permissions } of builtInRoles) {
    expect(permissions.length, id).toBeGreaterThan(0);
    expect(new Set(permissions).size, id).toBe(permissions.length);
    for (const permission of permissions) expect(builtInPermissions, id).toContain(permission);
  }
});

test.each([
  ["read_only", /:read$/],
  ["key_verifier", /^keys:verify$/],
  ["key_manager", /^keys:/],
  ["user_manager", /^users:/],
  ["resource_manager", /^(applications|workspaces|usergroups):/],
  ["token_issuer", /^tokens:issue$/],
  ["auditor", /^audit:read$/],
] as const)("%s is exactly the built-in permissions like %s", (id, pattern) => {
  const expected = builtInPermissions.filter((permission) => pattern.test(permission));
  expect([...(builtInRole(id)?.permissions ?? [])].sort()).toEqual([...expected].sort());
});

test("[J1] no built-in role publishes an organization's own permissions", () => {
  for (const role of builtInRoles) expect(role.publishable, role.id).toBe(false);
});

test("ids are unique, and an unknown id has no role", () => {
  expect(new Set(builtInRoles.map((role) => role.id)).size).toBe(builtInRoles.length);
  for (const id of ["", "FULL_ACCESS", "constructor", "__proto__"]) expect(builtInRole(id)).toBeUndefined();
});

test("[S5] a role is found by its id, title, description and permissions, whatever the case", () => {
  const role = {
    id: "ic_viewer",
    title: "Reports",
    description: "For Ana",
    permissions: ["intelligence:read"],
  };
  for (const search of ["", " IC_view ", "ic_viewer - rep", "ana", "INTELLIGENCE:", "ce:re"]) {
    expect(matchesRole(role, search), search).toBe(true);
  }
  for (const search of ["%", "ic viewer", "x".repeat(1000)]) expect(matchesRole(role, search)).toBe(false);
});
