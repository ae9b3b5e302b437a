import type { AccessLevel } from "./access-level";
import { lowerOf } from "./access-level";
import { permissionWords } from "./namespace";
import type { BuiltInPermission } from "./permission";
import { levelHolds } from "./permission";
import type { ResourceType } from "./resource";

/** A person's current levels in and around a resource. */
export type ResourceLevels = {
  /** Their level in the organization. */
  readonly organization: AccessLevel;
  /**
   * Their grant in the resource's application; for a resource outside applications, their level in the organization.
   */
  readonly parent: AccessLevel | null;
  /** Their grant in the resource itself. */
  readonly own: AccessLevel | null;
};

export type ResourceVerb = "update" | "delete" | "grant";

/** The lower level of each pair. */
export function lowerLevels(a: ResourceLevels, b: ResourceLevels): ResourceLevels {
  const lower = (one: AccessLevel | null, other: AccessLevel | null) =>
    one === null || other === null ? null : lowerOf(one, other);
  return {
    organization: lowerOf(a.organization, b.organization),
    parent: lower(a.parent, b.parent),
    own: lower(a.own, b.own),
  };
}

/** Visible to anyone with read permission in it or in its parent, and to the organization's owners. */
export function maySeeResource(actorLevels: ResourceLevels, type: ResourceType): boolean {
  const read = `${permissionWords[type]}:read` as const;
  return (
    actorLevels.organization === "OWNER" || holds(actorLevels.parent, read) || holds(actorLevels.own, read)
  );
}

/** Decided by the level in the new resource's parent; the organization's owners may create anywhere. */
export function mayCreateResource(
  { organization, parent }: Omit<ResourceLevels, "own">,
  type: ResourceType,
): boolean {
  return organization === "OWNER" || holds(parent, `${permissionWords[type]}:create`);
}

/**
 * May a person rename or delete a resource, or manage access to it (`grant`)? Only their grant in the resource itself
 * decides, since namespaces are not nested. The organization's owners always may, since they could grant themselves
 * access anyway.
 */
export function mayManageResource(
  { organization, own }: ResourceLevels,
  verb: ResourceVerb,
  type: ResourceType,
): boolean {
  return (
    organization === "OWNER" ||
    holds(own, verb === "grant" ? "users:update" : `${permissionWords[type]}:${verb}`)
  );
}

function holds(level: AccessLevel | null, permission: BuiltInPermission): boolean {
  // None of these permissions depends on who may create keys.
  return level !== null && levelHolds(level, permission, "OWNER");
}
