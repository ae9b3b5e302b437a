import type { KeyAuthority, Reachable } from "../keys/key-reach";
import { keySees, mayKeyCreate, mayKeyManage } from "../keys/key-reach";
import { unknownState } from "../unknown-state";
import type { ResourceLevels, ResourceVerb } from "./manage-resources";
import { mayCreateResource, mayManageResource, maySeeResource } from "./manage-resources";
import type { ResourceType } from "./resource";

/** The actor: a person, judged by their levels, or a key, judged by its namespace, its permissions and its creator. */
export type ResourceAuthority = { readonly kind: "user" } | (KeyAuthority & { readonly kind: "key" });

type Thing = Reachable & { readonly type: ResourceType };

/** @param actorLevels the person's, or those of the key's creator */
export function maySee(authority: ResourceAuthority, thing: Thing, actorLevels: ResourceLevels): boolean {
  switch (authority.kind) {
    case "user":
      return maySeeResource(actorLevels, thing.type);
    case "key":
      return keySees(authority.place, thing);
    default:
      return unknownState(authority);
  }
}

/**
 * Call it only for a resource that they can see. `lockGrant` further limits which levels a key may grant and remove.
 */
export function mayManage(
  authority: ResourceAuthority,
  verb: ResourceVerb,
  thing: Thing,
  actorLevels: ResourceLevels,
): boolean {
  if (authority.kind === "user") return mayManageResource(actorLevels, verb, thing.type);
  return mayKeyManage(authority, verb, thing, actorLevels);
}

/**
 * May this resource be deleted along with its application? Deleting an application needs the right to delete everything
 * in it. An organization's key cannot see inside applications, so its creator's rights decide.
 */
export function mayDeleteWithApplication(
  authority: ResourceAuthority,
  child: Thing,
  creator: ResourceLevels,
): boolean {
  const sees = authority.kind === "user" || keySees(authority.place, child);
  return sees
    ? mayManage(authority, "delete", child, creator)
    : mayManageResource(creator, "delete", child.type);
}

/** @param actorLevels in the new resource's parent: `applicationId` or, if null, the organization */
export function mayCreate(
  authority: ResourceAuthority,
  type: ResourceType,
  applicationId: string | null,
  actorLevels: Omit<ResourceLevels, "own">,
): boolean {
  switch (authority.kind) {
    case "user":
      return mayCreateResource(actorLevels, type);
    case "key":
      return mayKeyCreate(authority, type, applicationId);
    default:
      return unknownState(authority);
  }
}
