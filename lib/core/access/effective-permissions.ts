import type { AccessLevel } from "./access-level";
import type { KeyCreators, Permission } from "./permission";
import { isPublishable, levelHolds } from "./permission";
import type { Role } from "./role";

export type KeyType = "secret" | "public";
export const keyTypes = ["secret", "public"] as const satisfies readonly KeyType[];

/** Something that removes permissions a key's roles list. */
export type Limit =
  | { readonly by: "key_type"; readonly permissions: readonly Permission[] }
  | { readonly by: "access_level"; readonly level: AccessLevel; readonly permissions: readonly Permission[] }
  | {
      readonly by: "creator";
      /** The creator's current level in the key's namespace; null if they have lost access. */
      readonly level: AccessLevel | null;
      readonly permissions: readonly Permission[];
    };

export type PermissionFacts = {
  readonly type: KeyType;
  readonly accessLevel: AccessLevel;
  readonly roles: readonly Role[];
  /** The creator's current level in the key's namespace; null if they have no grant there. */
  readonly creatorLevel: AccessLevel | null;
  readonly keyCreators: KeyCreators;
};

export type EffectivePermissions = {
  /** Sorted and unique. */
  readonly permissions: readonly Permission[];
  /** Each permission that a role lists and the key lacks appears in exactly one limit. */
  readonly limits: readonly Limit[];
};

/**
 * `permissions(roles) ∩ permissions(access level) ∩ permissions(creator's level there, now)`, and for a public key also
 * ∩ the publishable ones. Computed from the current state on every decision.
 */
export function effectivePermissions(facts: PermissionFacts): EffectivePermissions {
  const named = new Map<Permission, boolean>();
  for (const role of facts.roles) {
    for (const permission of role.permissions) {
      named.set(permission, (named.get(permission) ?? false) || role.publishable);
    }
  }

  const permissions: Permission[] = [];
  const lost = {
    key_type: [] as Permission[],
    access_level: [] as Permission[],
    creator: [] as Permission[],
  };
  for (const permission of [...named.keys()].sort()) {
    if (facts.type !== "secret" && !isPublishable(permission, named.get(permission) ?? false)) {
      lost.key_type.push(permission);
    } else if (!levelHolds(facts.accessLevel, permission, facts.keyCreators)) {
      lost.access_level.push(permission);
    } else if (
      facts.creatorLevel === null ||
      !levelHolds(facts.creatorLevel, permission, facts.keyCreators)
    ) {
      lost.creator.push(permission);
    } else {
      permissions.push(permission);
    }
  }

  const limits: Limit[] = [];
  if (lost.key_type.length > 0) limits.push({ by: "key_type", permissions: lost.key_type });
  if (lost.access_level.length > 0) {
    limits.push({ by: "access_level", level: facts.accessLevel, permissions: lost.access_level });
  }
  if (lost.creator.length > 0) {
    limits.push({ by: "creator", level: facts.creatorLevel, permissions: lost.creator });
  }
  return { permissions, limits };
}
