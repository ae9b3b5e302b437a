import type { AccessLevel } from "./access-level";
import { isBelow } from "./access-level";
import type { Namespace } from "./namespace";
import type { Permission } from "./permission";
import { creatableUserLevels } from "./permission";

/** What a key can do to an organization's people; each is the action of a `users:` permission. */
export type UserVerb = "read" | "create" | "update" | "delete";

/** The facts about a key that decide what it may do to users. */
export type KeyAmongUsers = {
  readonly namespace: Pick<Namespace, "type">;
  readonly permissions: readonly Permission[];
  /** The lower of its own level and its creator's level in its namespace. */
  readonly level: AccessLevel;
};

/** People belong to the organization, so only keys of the organization's namespace can see them. */
export function keySeesUsers({ namespace }: Pick<KeyAmongUsers, "namespace">): boolean {
  return namespace.type === "organization";
}

/** May the key do this at all? The next two functions decide to whom. */
export function mayKeyUse(key: Omit<KeyAmongUsers, "level">, verb: UserVerb): boolean {
  return keySeesUsers(key) && key.permissions.includes(`users:${verb}`);
}

/** A key may only grant levels below its own, to new and existing people alike, so no key makes an OWNER. */
export function mayKeyGiveLevel({ level }: Pick<KeyAmongUsers, "level">, given: AccessLevel): boolean {
  return creatableUserLevels(level).includes(given);
}

/** A key may only change and remove people below its own level: never an owner, never its creator. */
export function mayKeyChangeUser({ level }: Pick<KeyAmongUsers, "level">, user: AccessLevel): boolean {
  return isBelow(user, level);
}
