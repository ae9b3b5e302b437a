import type { PermissionFacts } from "./effective-permissions";
import { effectivePermissions } from "./effective-permissions";
import type { Permission } from "./permission";
import type { Role } from "./role";

/** The permissions a change would add to and remove from a key; both sorted. */
export type PermissionChange = {
  readonly gains: readonly Permission[];
  readonly losses: readonly Permission[];
};

/**
 * What a key would gain and lose if one of its roles became `changed` and everything else stayed the same. Permissions
 * that the role lists but another limit removes do not count.
 */
export function roleChange(facts: PermissionFacts, changed: Role): PermissionChange {
  const roles = facts.roles.map((role) => (role.id === changed.id ? changed : role));
  const before = effectivePermissions(facts).permissions;
  const after = effectivePermissions({ ...facts, roles }).permissions;
  return {
    gains: after.filter((permission) => !before.includes(permission)),
    losses: before.filter((permission) => !after.includes(permission)),
  };
}
