import type { AccessLevel } from "./access-level";
import { accessLevels, isAtLeast, isBelow } from "./access-level";
import type { KeyType } from "./effective-permissions";
import type { KeyCreators, Permission } from "./permission";
import { levelHolds } from "./permission";

/** What a person can do to a key; each is the action of a `keys:` permission. */
export const keyVerbs = ["create", "read", "update", "roll", "revoke", "delete"] as const;
export type KeyVerb = (typeof keyVerbs)[number];

/** What can be done to an existing key. Pausing and resuming have no permissions of their own. */
export type KeyAct = Exclude<KeyVerb, "create"> | "pause" | "resume";

/** The permission an act needs: pausing needs the one for revoking, resuming the one for editing. */
export function verbNeededFor(act: KeyAct): Exclude<KeyVerb, "create"> {
  switch (act) {
    case "pause":
      return "revoke";
    case "resume":
      return "update";
    default:
      return act;
  }
}

export type KeyManager = {
  readonly userId: string;
  /** Their level in the organization, whatever the key's namespace. */
  readonly level: AccessLevel;
  readonly keyCreators: KeyCreators;
};

/**
 * May this person do this to a key of this level and creator? Owners may do everything. Admins may read all keys,
 * revoke any below OWNER and, if the setting allows, manage those below their own level. If the setting allows, members
 * manage keys they created, but may only read those above their level.
 *
 * @param namespaceLevel for their own keys, their level in the key's namespace: an ADMIN in an application who is a
 * MEMBER of the organization may generate an ADMIN key there, and so may end it
 */
export function mayManageKey(
  manager: KeyManager,
  verb: Exclude<KeyVerb, "create">,
  key: { readonly accessLevel: AccessLevel; readonly creatorId: string },
  namespaceLevel: AccessLevel | null = null,
): boolean {
  if (manager.level === "OWNER") return true;
  if (key.creatorId === manager.userId && maySeeOwnKeys(manager)) {
    // A creator whose level was lowered can still see a key that is now above them.
    if (verb === "read") return true;
    if ([manager.level, namespaceLevel].some((level) => level && isAtLeast(level, key.accessLevel)))
      return true;
  }
  if (!levelHolds(manager.level, `keys:${verb}`, manager.keyCreators)) return false;
  if (verb === "read") return true;
  if (verb === "revoke") return isBelow(key.accessLevel, "OWNER");
  return isBelow(key.accessLevel, manager.level);
}

/**
 * May this person transfer other people's keys? A transfer changes what the key can do, and its secret stays known to
 * the previous creator. So it needs the same rights as changing members' levels.
 */
export function mayTransferKeys({ level, keyCreators }: Omit<KeyManager, "userId">): boolean {
  return levelHolds(level, "users:update", keyCreators);
}

/** May this person open the organization's API keys page? Members get a 404. */
export function maySeeAllKeys(manager: Omit<KeyManager, "userId">): boolean {
  return levelHolds(manager.level, "keys:read", manager.keyCreators);
}

/** Does this person have a page of their own keys? Only people who may create keys do. */
export function maySeeOwnKeys({ level, keyCreators }: Omit<KeyManager, "userId">): boolean {
  return isAtLeast(level, keyCreators);
}

/**
 * The levels this person may choose for a key generated in the browser, highest first: up to their level in its
 * namespace, if the organization's setting lets them generate keys at all.
 *
 * @param namespaceLevel null if they have no grant in the namespace
 */
export function generatableLevels(
  manager: Omit<KeyManager, "userId">,
  namespaceLevel: AccessLevel | null,
): AccessLevel[] {
  if (namespaceLevel === null || !maySeeOwnKeys(manager)) return [];
  return accessLevels.filter((level) => isAtLeast(namespaceLevel, level)).reverse();
}

/** A key that manages keys. It sees those in its own namespace. */
export type ManagingKey = {
  /** 16 characters, without `key_`. */
  readonly keyId: string;
  readonly type: KeyType;
  readonly byAccessToken: boolean;
  readonly permissions: readonly Permission[];
  /** The lower of its own level and its creator's level in its namespace. */
  readonly level: AccessLevel;
};

/**
 * May this key do this to a key in its namespace? With the permission it may manage keys strictly below its level,
 * and revoke any key below OWNER; only an OWNER key may revoke an OWNER key. Every secret key may roll itself, whatever
 * its permissions. A public key may not, since everyone knows its token; nor may an access token, which lasts minutes
 * and must not obtain a secret that lasts longer.
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

/** The levels a key may give to keys it creates: strictly below its own, so never OWNER. */
export function mayKeyCreateKey(
  { permissions, level }: Pick<ManagingKey, "permissions" | "level">,
  given: AccessLevel,
): boolean {
  return permissions.includes("keys:create") && isBelow(given, level);
}
