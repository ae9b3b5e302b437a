import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Permission } from "@/lib/core/access/permission";
import type { Role } from "@/lib/core/access/role";
import { demandDays } from "@/lib/core/keys/over-privileged";
import type { KeyDetails, KeyOptions, KeyRow } from "@/lib/services/keys/read/key-view";

export function sameRoles(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join() === [...others].sort().join();
}

/**
 * The most that the key may do with these roles. Its creator's level, which a row does not include, can reduce it
 * further.
 */
export function permissionsWith(
  roles: readonly Role[],
  { type, accessLevel }: KeyRow,
  { keyCreators }: KeyOptions,
) {
  return effectivePermissions({ type, accessLevel, roles, creatorLevel: accessLevel, keyCreators })
    .permissions;
}

/** The permissions the key holds that its calls demanded. */
export function usedPermissions({ permissions, permissionUse }: KeyDetails): readonly Permission[] {
  return permissionUse.calls
    .map(({ permission }) => permission)
    .filter((permission) => permissions.includes(permission));
}

/** A role of just these permissions, named after the key. */
export function roleFor(
  { name, type }: Pick<KeyDetails, "name" | "type">,
  permissions: readonly Permission[],
) {
  const words = name
    .toLowerCase()
    .split(/[^a-z0-9]/)
    .filter((word) => word !== "");
  const id = words
    .join("_")
    .replace(/^[_0-9]+/, "")
    .slice(0, 64);
  return {
    roleId: id,
    title: name,
    description: `What the API key used in ${demandDays} days.`,
    permissions,
    publishable: type === "public",
  };
}
