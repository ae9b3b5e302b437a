import type { Namespace } from "./namespace";
import type { Permission } from "./permission";

type KeyAmongRoles = {
  readonly namespace: Pick<Namespace, "type">;
  readonly permissions: readonly Permission[];
};

/** Roles belong to the organization, so only keys of the organization's own namespace see them. */
export function keySeesRoles({ namespace }: Pick<KeyAmongRoles, "namespace">): boolean {
  return namespace.type === "organization";
}

/** As for people, whoever may read keys may also read what the keys' roles grant. */
export function mayKeyReadRoles(key: KeyAmongRoles): boolean {
  return keySeesRoles(key) && key.permissions.includes("keys:read");
}

/** May the key manage roles at all? `refuseGains` further limits which permissions it may grant through one. */
export function mayKeyManageRoles(key: KeyAmongRoles): boolean {
  return keySeesRoles(key) && key.permissions.includes("roles:manage");
}

/**
 * The permissions that a role grants after a change but not before. A role that becomes publishable newly grants all of
 * them to public keys.
 */
export function newlyGiven(
  before: { readonly permissions: readonly Permission[]; readonly publishable: boolean } | null,
  after: { readonly permissions: readonly Permission[]; readonly publishable: boolean },
): readonly Permission[] {
  if (before === null || (after.publishable && !before.publishable)) return after.permissions;
  return after.permissions.filter((permission) => !before.permissions.includes(permission));
}
