import type { AccessLevel } from "../access/access-level";
import type { ResourceLevels, ResourceVerb } from "../access/manage-resources";
import { mayManageResource } from "../access/manage-resources";
import type { Namespace, NamespaceType } from "../access/namespace";
import { permissionWords, sameNamespace } from "../access/namespace";
import type { Permission } from "../access/permission";
import type { ResourceType } from "../access/resource";
import { unknownState } from "../unknown-state";

/** A key's namespace and what encloses it. */
export type KeyPlace = {
  readonly namespace: Namespace;
  readonly organizationId: string;
  /** The application that the namespace is or belongs to; null for an organization and for its own user groups. */
  readonly applicationId: string | null;
};

/** Something a key may act on: an organization or one of its resources. */
export type Reachable = Namespace & {
  /** The application a workspace or user group belongs to; null for anything outside applications. */
  readonly applicationId: string | null;
};

/**
 * Can a key in this place see this? Lists and reads by id follow the same rule; everything else is reported as not
 * found. Except for organizations, the caller must already know that `thing` is in the key's organization.
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
 * Is this inside the key's own namespace? A key may see the application and organization around it, but only change
 * what is inside.
 */
export function isInNamespace({ namespace }: KeyPlace, thing: Reachable): boolean {
  if (sameNamespace(thing, namespace)) return true;
  if (namespace.type === "application") return isInApplicationOf(namespace, thing);
  return namespace.type === "organization" && isOfOrganization(thing);
}

/** What a key is and may do right now, with regard to resources. */
export type KeyAuthority = { readonly place: KeyPlace; readonly permissions: readonly Permission[] };

/** May a key read resources of this type among those it sees? */
export function mayKeyRead({ permissions }: Omit<KeyAuthority, "place">, type: NamespaceType): boolean {
  return permissions.includes(`${permissionWords[type]}:read`);
}

/**
 * May a key change or delete something it sees, or manage who has access to it (`grant`)? It must be in the key's
 * namespace, and both the key and its creator must hold the permission there. Inside an application, the creator's own
 * grant in the workspace or user group decides, even for owners of the organization, who would have to grant it to
 * themselves: namespaces are not nested.
 *
 * @param creator the creator's current levels in and around the resource
 */
export function mayKeyManage(
  { place, permissions }: KeyAuthority,
  verb: ResourceVerb,
  thing: Reachable & { readonly type: ResourceType },
  creator: ResourceLevels,
): boolean {
  if (!isInNamespace(place, thing)) return false;
  const needed = verb === "grant" ? "users:update" : `${permissionWords[thing.type]}:${verb}`;
  if (!permissions.includes(needed)) return false;
  const byGrantAlone = place.namespace.type !== "organization";
  const standing = byGrantAlone ? { ...creator, organization: "MEMBER" as AccessLevel } : creator;
  return mayManageResource(standing, verb, thing.type);
}

/**
 * May a key create a resource of this type in an application or, with null, in the organization itself? Only if the new
 * one would be in the key's namespace.
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

/**
 * True for applications, and for user groups outside applications. Resources inside an application do not belong to the
 * organization's namespace.
 */
function isOfOrganization({ type, applicationId }: Reachable): boolean {
  return type === "application" || (type === "usergroup" && applicationId === null);
}

function isInApplicationOf(namespace: Namespace, thing: Reachable): boolean {
  return namespace.type === "application" && thing.applicationId === namespace.id;
}
