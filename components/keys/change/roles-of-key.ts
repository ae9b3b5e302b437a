import { effectivePermissions } from "@/lib/core/access/effective-permissions";
import type { Role } from "@/lib/core/access/role";
import type { KeyOptions, KeyRow } from "@/lib/services/keys/read/key-view";

export function sameRoles(some: readonly string[], others: readonly string[]): boolean {
  return [...some].sort().join() === [...others].sort().join();
}

/** What the key may do with these roles, at most: its creator's level, which a row does not carry, can take more away. */
export function permissionsWith(
  roles: readonly Role[],
  { type, accessLevel }: KeyRow,
  { keyCreators }: KeyOptions,
) {
  return effectivePermissions({ type, accessLevel, roles, creatorLevel: accessLevel, keyCreators })
    .permissions;
}
