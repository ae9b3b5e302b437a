import type { AccessLevel } from "./access-level";
import { isBelow } from "./access-level";
import type { Namespace } from "./namespace";
import type { Permission } from "./permission";
import { creatableUserLevels } from "./permission";

/** What a key does to the people of an organization; each is the action of a `users:` permission. */
export type UserVerb = "read" | "create" | "update" | "delete";

/** What a key is and may do at this moment, as far as people are concerned. */
export type KeyAmongUsers = {
  readonly namespace: Pick<Namespace, "type">;
  readonly permissions: readonly Permission[];
  /** The lower of its own and of its creator's in its namespace. */
  readonly level: AccessLevel;
};

/** People belong to the organization, so that what is in it has none for a key. */
export function keySeesUsers({ namespace }: Pick<KeyAmongUsers, "namespace">): boolean {
  return namespace.type === "organization";
}

/** May it at all? Whom, the next two say. */
export function mayKeyUse(key: Omit<KeyAmongUsers, "level">, verb: UserVerb): boolean {
  return keySeesUsers(key) && key.permissions.includes(`users:${verb}`);
}

/** A key gives levels below its own, to somebody new as to somebody there: none becomes OWNER by a key. */
export function mayKeyGiveLevel({ level }: Pick<KeyAmongUsers, "level">, given: AccessLevel): boolean {
  return creatableUserLevels(level).includes(given);
}

/** A key changes and removes those below its own level: no owner, and never its creator. */
export function mayKeyChangeUser({ level }: Pick<KeyAmongUsers, "level">, user: AccessLevel): boolean {
  return isBelow(user, level);
}
