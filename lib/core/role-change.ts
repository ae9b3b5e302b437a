import type { PermissionFacts } from "./effective-permissions";
import { effectivePermissions } from "./effective-permissions";
import type { Permission } from "./permission";
import type { Role } from "./role";

/** What a change would give to a key and take from it; both sorted. */
export type PermissionChange = {
  readonly gains: readonly Permission[];
  readonly losses: readonly Permission[];
};

/**
 * What a key could do more and less if one of its roles were as `changed`, everything else being as the
 * facts say. A permission that the role names and something else keeps from the key is neither.
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
