import type { AccessLevel } from "./access-level";
import type { Limit, PermissionFacts } from "./effective-permissions";
import { effectivePermissions } from "./effective-permissions";
import type { Permission } from "./permission";
import { isUnknownAction, levelHolds } from "./permission";

/** What takes one permission away from a key. */
export type Hindrance =
  /** Not for a public key. */
  | { readonly by: "key_type" }
  /** No access level holds it, since the table does not name it. */
  | { readonly by: "unknown_action" }
  /** The key's level, or the creator's in the namespace now, holds less; null: they have no grant there. */
  | {
      readonly by: "access_level" | "creator";
      readonly level: AccessLevel | null;
      /** That level would hold it, were it not for the organization's setting of who manages keys. */
      readonly bySetting: boolean;
    };

export type PermissionLine = {
  readonly permission: Permission;
  /** Ids of the roles that name it, in the key's order. */
  readonly roles: readonly string[];
  /** Null when the key has it. */
  readonly hindrance: Hindrance | null;
};

/** Each permission that a role of the key names, sorted: held or not, by which roles named, and why not. */
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
  // Asked again with the most open setting.
  const bySetting = level !== null && levelHolds(level, permission, "MEMBER");
  return { by, level, bySetting };
}
