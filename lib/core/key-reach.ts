import type { AccessLevel } from "./access-level";
import type { ResourceStanding, ResourceVerb } from "./manage-resources";
import { mayManageResource } from "./manage-resources";
import type { Namespace, NamespaceType } from "./namespace";
import { permissionWords, sameNamespace } from "./namespace";
import type { Permission } from "./permission";
import type { ResourceType } from "./resource";
import { unknownState } from "./unknown-state";

/** A key's namespace, and where that is. */
export type KeyPlace = {
  readonly namespace: Namespace;
  readonly organizationId: string;
  /** The application that the namespace is or is in; null of an organization and of its own user groups. */
  readonly applicationId: string | null;
};

/** What a key may be asked for: an organization, or what one consists of. */
export type Reachable = Namespace & {
  /** Of a workspace or a user group, the application that it is in; null of all that is in none. */
  readonly applicationId: string | null;
};

/**
 * Does a key of this place see this? What a list returns to it and what it reads by id are the same; all
 * else is not there for it. The thing must be known to be in the key's organization, but an organization
 * itself.
 */
export function keySees({ namespace, organizationId, applicationId }: KeyPlace, thing: Reachable): boolean {
  switch (thing.type) {
    case "organization":
      return thing.id === organizationId;
    case "application":
      return namespace.type === "organization" || thing.id === applicationId;
    case "workspace":
      return sameNamespace(thing, namespace) || isInApplicationOf(namespace, thing);
    case "usergroup":
      return (
        sameNamespace(thing, namespace) ||
        isInApplicationOf(namespace, thing) ||
        (namespace.type === "organization" && isOfOrganization(thing))
      );
    default:
      return unknownState(thing.type);
  }
}

/**
 * Of what a key sees, that which is in its namespace, where alone it may change anything: not the
 * application and the organization around it.
 */
export function isInNamespace({ namespace }: KeyPlace, thing: Reachable): boolean {
  if (sameNamespace(thing, namespace)) return true;
  if (namespace.type === "application") return isInApplicationOf(namespace, thing);
  return namespace.type === "organization" && isOfOrganization(thing);
}

/** What a key is and may do at this moment, as far as resources are concerned. */
export type KeyAuthority = { readonly place: KeyPlace; readonly permissions: readonly Permission[] };

/** May a key read what it sees? */
export function mayKeyRead({ permissions }: Omit<KeyAuthority, "place">, type: NamespaceType): boolean {
  return permissions.includes(`${permissionWords[type]}:read`);
}

/**
 * May a key change or delete this, which it sees? It has to be in its namespace, the key has to hold the
 * permission there, and the key's creator has to be allowed it too. In an application that is decided by
 * their own grant in the workspace or user group, even for an owner of the organization, who would have
 * to give themselves one: namespaces are not nested.
 *
 * @param creator what the key's creator has now in the thing and around it
 */
export function mayKeyManage(
  { place, permissions }: KeyAuthority,
  verb: Exclude<ResourceVerb, "grant">,
  thing: Reachable & { readonly type: ResourceType },
  creator: ResourceStanding,
): boolean {
  if (!isInNamespace(place, thing)) return false;
  if (!permissions.includes(`${permissionWords[thing.type]}:${verb}`)) return false;
  const byGrantAlone = place.namespace.type !== "organization";
  const standing = byGrantAlone ? { ...creator, organization: "MEMBER" as AccessLevel } : creator;
  return mayManageResource(standing, verb, thing.type);
}

/**
 * May a key create one of this kind there: in an application, or with null in the organization itself? Only
 * where it then is in the key's namespace.
 */
export function mayKeyCreate(
  { place, permissions }: KeyAuthority,
  type: ResourceType,
  applicationId: string | null,
): boolean {
  const { namespace } = place;
  const isThere =
    namespace.type === "application"
      ? type !== "application" && applicationId === namespace.id
      : namespace.type === "organization" && type !== "workspace" && applicationId === null;
  return isThere && permissions.includes(`${permissionWords[type]}:create`);
}

/** Applications, and the user groups that are in none: what is in an application is not the organization's. */
function isOfOrganization({ type, applicationId }: Reachable): boolean {
  return type === "application" || (type === "usergroup" && applicationId === null);
}

function isInApplicationOf(namespace: Namespace, thing: Reachable): boolean {
  return namespace.type === "application" && thing.applicationId === namespace.id;
}
