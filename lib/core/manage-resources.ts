import type { AccessLevel } from "./access-level";
import { lowerOf } from "./access-level";
import { permissionWords } from "./namespace";
import type { BuiltInPermission } from "./permission";
import { levelHolds } from "./permission";
import type { ResourceType } from "./resource";

/** What a person has, at this moment, where a resource is and in it. */
export type ResourceStanding = {
  /** Their level in the organization. */
  readonly organization: AccessLevel;
  /** Their grant in the application that it belongs to; of what belongs to none, their level in the organization. */
  readonly parent: AccessLevel | null;
  /** Their grant in it. */
  readonly own: AccessLevel | null;
};

export type ResourceVerb = "update" | "delete" | "grant";

/** What two have both. */
export function lowerStanding(a: ResourceStanding, b: ResourceStanding): ResourceStanding {
  const lower = (one: AccessLevel | null, other: AccessLevel | null) =>
    one === null || other === null ? null : lowerOf(one, other);
  return {
    organization: lowerOf(a.organization, b.organization),
    parent: lower(a.parent, b.parent),
    own: lower(a.own, b.own),
  };
}

/** Whoever may read in the place where it is, or in it, and the organization's owners. */
export function maySeeResource(standing: ResourceStanding, type: ResourceType): boolean {
  const read = `${permissionWords[type]}:read` as const;
  return standing.organization === "OWNER" || holds(standing.parent, read) || holds(standing.own, read);
}

/** Decided by the level where it is to be; the organization's owners may everywhere. */
export function mayCreateResource(
  { organization, parent }: Omit<ResourceStanding, "own">,
  type: ResourceType,
): boolean {
  return organization === "OWNER" || holds(parent, `${permissionWords[type]}:create`);
}

/**
 * May they rename it, delete it, or say who has access to it (`grant`)? Decided by their grant in it alone,
 * since namespaces are not nested; the organization's owners may, who could give themselves the grant.
 */
export function mayManageResource(
  { organization, own }: ResourceStanding,
  verb: ResourceVerb,
  type: ResourceType,
): boolean {
  return (
    organization === "OWNER" ||
    holds(own, verb === "grant" ? "users:update" : `${permissionWords[type]}:${verb}`)
  );
}

function holds(level: AccessLevel | null, permission: BuiltInPermission): boolean {
  // Of these permissions none depends on who may create keys.
  return level !== null && levelHolds(level, permission, "OWNER");
}
