import type { AccessLevel } from "./access-level";
import { accessLevels, isAtLeast, isBelow } from "./access-level";
import type { KeyType } from "./effective-permissions";
import type { KeyCreators, Permission } from "./permission";
import { levelHolds } from "./permission";

/** What a person does to a key; each is the action of a `keys:` permission. */
export const keyVerbs = ["create", "read", "update", "roll", "revoke", "delete"] as const;
export type KeyVerb = (typeof keyVerbs)[number];

export type KeyManager = {
  readonly userId: string;
  /** Their level in the organization, whatever the namespace of the key. */
  readonly level: AccessLevel;
  readonly keyCreators: KeyCreators;
};

/**
 * May this person do this to a key of this level and creator? Owners do everything; admins read all,
 * revoke any below OWNER, and by setting manage those below their own level; by setting a member
 * manages the keys they created, and of those above their level sees them only.
 *
 * @param namespaceLevel what they have in the key's namespace, for a key of their own: who is ADMIN in an
 *   application and MEMBER in the organization may generate an ADMIN key there, and so may end it
 */
export function mayManageKey(
  manager: KeyManager,
  verb: Exclude<KeyVerb, "create">,
  key: { readonly accessLevel: AccessLevel; readonly creatorId: string },
  namespaceLevel: AccessLevel | null = null,
): boolean {
  if (manager.level === "OWNER") return true;
  if (key.creatorId === manager.userId && maySeeOwnKeys(manager)) {
    // A creator whose own level was lowered still sees the key that is now above them, as Y9 shrinks it.
    if (verb === "read") return true;
    if ([manager.level, namespaceLevel].some((level) => level && isAtLeast(level, key.accessLevel)))
      return true;
  }
  if (!levelHolds(manager.level, `keys:${verb}`, manager.keyCreators)) return false;
  if (verb === "read") return true;
  if (verb === "revoke") return isBelow(key.accessLevel, "OWNER");
  return isBelow(key.accessLevel, manager.level);
}

/** Does the API keys page of the organization exist for this person? For a member it is a 404. */
export function maySeeAllKeys(manager: Omit<KeyManager, "userId">): boolean {
  return levelHolds(manager.level, "keys:read", manager.keyCreators);
}

/** Do the keys that this person creates have a page under their account? For whoever may create keys. */
export function maySeeOwnKeys({ level, keyCreators }: Omit<KeyManager, "userId">): boolean {
  return isAtLeast(level, keyCreators);
}

/**
 * The levels a key may have when this person generates it in the browser: up to what they have in its
 * namespace, when the organization's setting lets them generate keys at all. Highest first.
 *
 * @param namespaceLevel null when they have no grant in the namespace
 */
export function generatableLevels(
  manager: Omit<KeyManager, "userId">,
  namespaceLevel: AccessLevel | null,
): AccessLevel[] {
  if (namespaceLevel === null || !maySeeOwnKeys(manager)) return [];
  return accessLevels.filter((level) => isAtLeast(namespaceLevel, level)).reverse();
}

/** A key that manages keys; it sees those of its own namespace. */
export type ManagingKey = {
  /** 16 characters, without `key_`. */
  readonly keyId: string;
  readonly type: KeyType;
  readonly byAccessToken: boolean;
  readonly permissions: readonly Permission[];
  /** The lower of its own level and of its creator's in its namespace. */
  readonly level: AccessLevel;
};

/**
 * May this key do this to a key of its namespace? With the permission, to keys strictly below its level; of those
 * at its level it may revoke any, but that an OWNER key is revoked by an OWNER key alone. Every secret key may
 * roll itself, whatever its permissions; a public one's token is known to all, and an access token, which is
 * over in minutes, gets no secret that is not.
 */
export function mayKeyManageKey(
  manager: ManagingKey,
  verb: Exclude<KeyVerb, "create">,
  key: { readonly id: string; readonly accessLevel: AccessLevel },
): boolean {
  if (verb === "roll" && key.id === manager.keyId) {
    return manager.type === "secret" && !manager.byAccessToken;
  }
  if (!manager.permissions.includes(`keys:${verb}`)) return false;
  if (verb === "read") return true;
  if (verb === "revoke") return manager.level === "OWNER" || isBelow(key.accessLevel, "OWNER");
  return isBelow(key.accessLevel, manager.level);
}

/** The levels that a key gives to the keys it creates: strictly below its own, so that none is OWNER. */
export function mayKeyCreateKey(
  { permissions, level }: Pick<ManagingKey, "permissions" | "level">,
  given: AccessLevel,
): boolean {
  return permissions.includes("keys:create") && isBelow(given, level);
}
