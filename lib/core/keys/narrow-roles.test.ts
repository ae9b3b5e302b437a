import fc from "fast-check";
import { expect, test } from "vitest";
import { effectivePermissions } from "../access/effective-permissions";
import { builtInPermissions } from "../access/permission";
import { builtInRoles, type Role } from "../access/role";
import { narrowRoles } from "./narrow-roles";

const permissionsOf = (roles: readonly Role[]) =>
  effectivePermissions({
    ...{ type: "secret", accessLevel: "OWNER", roles },
    ...{ creatorLevel: "OWNER", keyCreators: "OWNER" },
  }).permissions;
const role = (id: string, ...permissions: string[]): Role => ({
  ...{ id, title: id, description: "", publishable: false },
  permissions: permissions as Role["permissions"],
});
const narrow = (selected: string[], demanded: string[], own: Role[] = []) =>
  narrowRoles({
    ...{ roles: [...builtInRoles, ...own], selected, permissionsOf },
    demanded: demanded as Role["permissions"],
  });

test("[L9] the narrowest roles that keep what a key used", () => {
  expect(narrow(["full_access"], ["keys:verify"])).toEqual(["key_verifier"]);
  expect(narrow(["full_access"], ["workspaces:create", "keys:verify"])).toEqual([
    "key_verifier",
    "resource_manager",
  ]);
  expect(narrow(["full_access"], ["workspaces:read"], [role("reader", "workspaces:read")])).toEqual([
    "reader",
  ]);
  // A permission it used but no longer holds is not given back.
  expect(narrow(["key_manager"], ["users:read", "keys:verify"])).toEqual(["key_verifier"]);
});

test("[L9] an existing role is preferred over an equal one, and redundant roles are dropped", () => {
  const twin = role("twin", "keys:verify");
  expect(narrow(["full_access", "twin"], ["keys:verify"], [twin])).toEqual(["twin"]);
  const narrowFirst = [role("one", "keys:read"), role("both", "keys:read", "keys:verify", "users:read")];
  expect(
    narrowRoles({
      ...{ roles: [...narrowFirst, ...builtInRoles.slice(0, 1)], selected: ["full_access"], permissionsOf },
      demanded: ["keys:read", "keys:verify"],
    }),
  ).toEqual(["both"]);
});

test("[L9] nothing is suggested where no roles give less", () => {
  expect(narrow(["key_verifier"], ["keys:verify"])).toBeNull();
  expect(narrow([], [])).toBeNull();
  // Calls without demands do not tell what the key needs, so an empty role list must not be suggested.
  expect(narrow(["full_access"], [])).toBeNull();
  expect(narrow(["key_verifier"], ["users:read"])).toBeNull();
});

test("[L9] a suggestion keeps all that was used and always gives less", () => {
  const some = fc.uniqueArray(fc.constantFrom(...builtInPermissions), { maxLength: 8 });
  const own = fc
    .uniqueArray(some, { maxLength: 4 })
    .map((all) => all.map((each, i) => role(`r${i}`, ...each)));
  fc.assert(
    fc.property(some, own, fc.integer({ min: 0 }), (demanded, ownRoles, seed) => {
      const roles = [...builtInRoles, ...ownRoles];
      const selected = roles.filter((_, index) => (seed >> (index % 30)) & 1).map(({ id }) => id);
      const suggested = narrowRoles({ roles, selected, demanded, permissionsOf });
      if (suggested === null) return;
      const held = permissionsOf(roles.filter(({ id }) => selected.includes(id)));
      const left: readonly string[] = permissionsOf(roles.filter(({ id }) => suggested.includes(id)));
      expect(left.length).toBeLessThan(held.length);
      for (const permission of held)
        if ((demanded as readonly string[]).includes(permission)) expect(left).toContain(permission);
    }),
  );
});
