import type { KeyAuthority, Reachable } from "./key-reach";
import { keySees, mayKeyCreate, mayKeyManage } from "./key-reach";
import type { ResourceStanding, ResourceVerb } from "./manage-resources";
import { mayCreateResource, mayManageResource, maySeeResource } from "./manage-resources";
import type { ResourceType } from "./resource";
import { unknownState } from "./unknown-state";

/** By what somebody acts: a person by what they have, a key by its namespace, its permissions and its creator. */
export type ResourceAuthority = { readonly kind: "user" } | (KeyAuthority & { readonly kind: "key" });

type Thing = Reachable & { readonly type: ResourceType };

/** @param standing of the person, or of the key's creator */
export function maySee(authority: ResourceAuthority, thing: Thing, standing: ResourceStanding): boolean {
  switch (authority.kind) {
    case "user":
      return maySeeResource(standing, thing.type);
    case "key":
      return keySees(authority.place, thing);
    default:
      return unknownState(authority);
  }
}

/** Of what they see. A key never says who has access to something. */
export function mayManage(
  authority: ResourceAuthority,
  verb: ResourceVerb,
  thing: Thing,
  standing: ResourceStanding,
): boolean {
  if (authority.kind === "user") return mayManageResource(standing, verb, thing.type);
  return verb !== "grant" && mayKeyManage(authority, verb, thing, standing);
}

/**
 * May this go along with the application that it is in? Who deletes an application has to be one who may
 * delete each thing in it. An organization's key does not see them, and its creator decides.
 */
export function mayDeleteWithApplication(
  authority: ResourceAuthority,
  child: Thing,
  creator: ResourceStanding,
): boolean {
  const sees = authority.kind === "user" || keySees(authority.place, child);
  return sees
    ? mayManage(authority, "delete", child, creator)
    : mayManageResource(creator, "delete", child.type);
}

/** @param standing where the new one is to be, `applicationId`: in an application or, with null, in none */
export function mayCreate(
  authority: ResourceAuthority,
  type: ResourceType,
  applicationId: string | null,
  standing: Omit<ResourceStanding, "own">,
): boolean {
  switch (authority.kind) {
    case "user":
      return mayCreateResource(standing, type);
    case "key":
      return mayKeyCreate(authority, type, applicationId);
    default:
      return unknownState(authority);
  }
}
