import type { AccessLevel } from "./access-level";
import { accessLevels, isAtLeast } from "./access-level";

/** A permission is `resource:action`; organizations may use resources of their own. */
export type Permission = string;

/** Who may create keys in an organization: owners, owners and admins, or everyone. */
export type KeyCreators = AccessLevel;

/** Lowercase words; an organization's own permissions must match too. */
export const permissionPattern = /^[a-z][a-z0-9_-]{0,39}:[a-z][a-z0-9_-]{0,39}$/;

/**
 * The table: the lowest access level that holds each built-in permission. A missing entry means denied. `by setting`
 * means OWNER always, and ADMIN if the organization's `keyCreators` is not OWNER. Only `levelHolds` reads it.
 */
const lowestLevel = {
  "organizations:read": "MEMBER",
  "applications:read": "MEMBER",
  "workspaces:read": "MEMBER",
  "usergroups:read": "MEMBER",
  "users:read": "MEMBER",
  "tokens:issue": "MEMBER",
  "applications:create": "ADMIN",
  "applications:update": "ADMIN",
  "workspaces:create": "ADMIN",
  "workspaces:update": "ADMIN",
  "workspaces:delete": "ADMIN",
  "usergroups:create": "ADMIN",
  "usergroups:update": "ADMIN",
  "usergroups:delete": "ADMIN",
  "users:create": "ADMIN",
  "keys:read": "ADMIN",
  "keys:revoke": "ADMIN",
  "keys:verify": "ADMIN",
  "audit:read": "ADMIN",
  "organizations:update": "OWNER",
  "applications:delete": "OWNER",
  "users:update": "OWNER",
  "users:delete": "OWNER",
  "roles:manage": "OWNER",
  "webhooks:manage": "OWNER",
  "keys:create": "by setting",
  "keys:update": "by setting",
  "keys:roll": "by setting",
  "keys:delete": "by setting",
} as const satisfies Record<Permission, AccessLevel | "by setting">;

export type BuiltInPermission = keyof typeof lowestLevel;

export const builtInPermissions = Object.keys(lowestLevel) as BuiltInPermission[];

/** What ADMIN holds or not, by the organization's `keyCreators`. */
export const permissionsBySetting: readonly BuiltInPermission[] = builtInPermissions.filter(
  (permission) => lowestLevel[permission] === "by setting",
);

const builtInResources = new Set(builtInPermissions.map((permission) => permission.split(":")[0]));

/** The built-in permissions that a public key may hold. */
const publishablePermissions: ReadonlySet<string> = new Set<BuiltInPermission>([
  "organizations:read",
  "applications:read",
]);

function isBuiltIn(permission: Permission): permission is BuiltInPermission {
  return Object.hasOwn(lowestLevel, permission);
}

/** True for a permission on an organization's own resource, which the table does not cover. */
export function isOwnPermission(permission: Permission): boolean {
  return !builtInResources.has(permission.split(":")[0]);
}

/** True for an action on a built-in resource that the table does not list: no access level ever holds it. */
export function isUnknownAction(permission: Permission): boolean {
  return !isOwnPermission(permission) && !isBuiltIn(permission);
}

/**
 * Does this access level hold this permission? Nothing else reads the table. Only roles limit permissions on an
 * organization's own resources, so every level holds those. Unknown actions on built-in resources are denied.
 */
export function levelHolds(level: AccessLevel, permission: Permission, keyCreators: KeyCreators): boolean {
  if (isOwnPermission(permission)) return true;
  if (!isBuiltIn(permission)) return false;
  const lowest = lowestLevel[permission];
  if (lowest !== "by setting") return isAtLeast(level, lowest);
  return level === "OWNER" || (level === "ADMIN" && isAtLeast(level, keyCreators));
}

/** The levels of users this level may create: strictly below its own. */
export function creatableUserLevels(level: AccessLevel): AccessLevel[] {
  return accessLevels.filter((candidate) => level !== "MEMBER" && !isAtLeast(candidate, level));
}

/** May a public key hold this permission, granted by a role that is or is not marked publishable? */
export function isPublishable(permission: Permission, rolePublishable: boolean): boolean {
  if (publishablePermissions.has(permission)) return true;
  return rolePublishable && isOwnPermission(permission) && permission.endsWith(":read");
}
