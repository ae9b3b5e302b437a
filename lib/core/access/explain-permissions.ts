import type { AccessLevel } from "./access-level";
import type { Limit, PermissionFacts } from "./effective-permissions";
import { effectivePermissions } from "./effective-permissions";
import type { Permission } from "./permission";
import { isUnknownAction, levelHolds } from "./permission";

/** The reason a key lacks one permission. */
export type Hindrance =
  /** Public keys cannot hold it. */
  | { readonly by: "key_type" }
  /** The table does not list the action, so no access level holds it. */
  | { readonly by: "unknown_action" }
  /** The level of the key, or of its creator in the namespace, does not hold it; null if the creator has no grant. */
  | {
      readonly by: "access_level" | "creator";
      readonly level: AccessLevel | null;
      /** The level would hold it if the organization let more people create keys. */
      readonly bySetting: boolean;
    };

export type PermissionLine = {
  readonly permission: Permission;
  /** Ids of the key's roles that list the permission, in the key's order. */
  readonly roles: readonly string[];
  /** Null if the key has the permission. */
  readonly hindrance: Hindrance | null;
};

/** Every permission listed by one of the key's roles, sorted, with those roles and, if the key lacks it, the reason. */
export function explainPermissions(facts: PermissionFacts): PermissionLine[] {
  const { permissions, limits } = effectivePermissions(facts);
  const roles = new Map<Permission, string[]>();
  for (const role of facts.roles) {
    for (const permission of new Set(role.permissions)) {
      roles.set(permission, [...(roles.get(permission) ?? []), role.id]);
    }
  }
  const line = (permission: Permission, hindrance: Hindrance | null): PermissionLine => ({
    permission,
    roles: roles.get(permission) ?? [],
    hindrance,
  });
  return [
    ...permissions.map((permission) => line(permission, null)),
    ...limits.flatMap((limit) =>
      limit.permissions.map((permission) => line(permission, hindranceOf(limit, permission))),
    ),
  ].sort((a, b) => (a.permission < b.permission ? -1 : 1));
}

function hindranceOf(limit: Limit, permission: Permission): Hindrance {
  if (limit.by === "key_type") return { by: "key_type" };
  if (isUnknownAction(permission)) return { by: "unknown_action" };
  const { by, level } = limit;
  // Check again with the most open setting.
  const bySetting = level !== null && levelHolds(level, permission, "MEMBER");
  return { by, level, bySetting };
}
