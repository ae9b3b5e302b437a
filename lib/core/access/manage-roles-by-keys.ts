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

/** As for people, the right to read the keys includes the right to read what their roles give. */
export function mayKeyReadRoles(key: KeyAmongRoles): boolean {
  return keySeesRoles(key) && key.permissions.includes("keys:read");
}

/** May the key manage roles at all? What it may give with one is limited further: see refuseGains. */
export function mayKeyManageRoles(key: KeyAmongRoles): boolean {
  return keySeesRoles(key) && key.permissions.includes("roles:manage");
}

/**
 * The permissions that a role gives after a change and did not give before. A role that becomes publishable newly gives
 * all of them, to public keys.
 */
export function newlyGiven(
  before: { readonly permissions: readonly Permission[]; readonly publishable: boolean } | null,
  after: { readonly permissions: readonly Permission[]; readonly publishable: boolean },
): readonly Permission[] {
  if (before === null || (after.publishable && !before.publishable)) return after.permissions;
  return after.permissions.filter((permission) => !before.permissions.includes(permission));
}
