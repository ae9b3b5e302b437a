import type { AccessLevel } from "../access/access-level";
import { accessLevels } from "../access/access-level";
import { effectivePermissions } from "../access/effective-permissions";
import type { KeyCreators, Permission } from "../access/permission";
import type { Role } from "../access/role";
import { builtInRole } from "../access/role";
import { keyEnd } from "../keys/effective-end";
import { readMoment } from "../read-moment";

/** The parts of an audit entry that matter here. */
export type TrailEntry = {
  readonly at: Date;
  readonly action: string;
  readonly details: Readonly<Record<string, unknown>>;
};

/** The audit entries that a key's powers depend on, in chain order. They include entries after the requested moment. */
export type KeyTrail = {
  /** Entries about the key. */
  readonly key: readonly TrailEntry[];
  /** Entries about the organization's own roles. */
  readonly roles: readonly TrailEntry[];
  /** Entries about the organization's settings. */
  readonly settings: readonly TrailEntry[];
  /** The current values, for whatever the trail has no entry about. */
  readonly rolesNow: readonly Role[];
  readonly keyCreatorsNow: KeyCreators;
  /** The current maximum lifetime in days, and whether this key is exempt from it. */
  readonly maximumNow: number | null;
  readonly isExempt: boolean;
  /** Older entries were removed, so the trail may be missing something. */
  readonly isCut: boolean;
};

export type KeyPowers =
  | { readonly state: "absent" }
  /** The entries from that time were removed. */
  | { readonly state: "unknown" }
  | {
      readonly state: "active" | "paused" | "expired" | "revoked" | "deleted";
      readonly accessLevel: AccessLevel;
      readonly roles: readonly string[];
      /** Roles that were since deleted, with no entry about what they allowed. */
      readonly unknownRoles: readonly string[];
      /** An upper bound, since the creator's own level is not considered. Empty unless the key was active. */
      readonly permissions: readonly Permission[];
    };

/** What a key could do at a given time, according to the audit log alone. */
export function keyPowersAt(trail: KeyTrail, moment: Date): KeyPowers {
  const until = trail.key.filter(({ at }) => at <= moment);
  const made = until.find(isCreation);
  if (made === undefined) return { state: trail.isCut && !isMadeLater(trail) ? "unknown" : "absent" };
  const roleIds = textsOf(valueAt(trail.key, moment, "roles"));
  const roles = roleIds.flatMap((id) => roleAt(trail, id, moment) ?? []);
  const accessLevel = accessLevels.find((level) => level === made.details.accessLevel) ?? "MEMBER";
  const state = stateOf(until, endOf(trail, made, moment), moment);
  const asked = valueAt(trail.settings, moment, "keyCreators");
  const { permissions } = effectivePermissions({
    type: made.details.type === "secret" ? "secret" : "public",
    ...{ accessLevel, roles, creatorLevel: "OWNER" },
    keyCreators: accessLevels.find((one) => one === asked) ?? trail.keyCreatorsNow,
  });
  return {
    ...{ state, accessLevel, roles: roleIds },
    unknownRoles: roleIds.filter((id) => roles.every((role) => role.id !== id)),
    permissions: state === "active" ? permissions : [],
  };
}

const isCreation = ({ action }: TrailEntry) => action === "key.generated" || action === "key.imported";
const isMadeLater = ({ key }: KeyTrail) => key.some(isCreation);

/** Follows the precedence of a key's states. */
function stateOf(until: readonly TrailEntry[], end: Date | null, moment: Date) {
  const has = (action: string) => until.some((entry) => entry.action === action);
  if (has("key.deleted")) return "deleted";
  if (has("key.revoked")) return "revoked";
  if (end !== null && end <= moment) return "expired";
  const pauses = until.filter(({ action }) => action === "key.paused" || action === "key.resumed");
  return pauses.at(-1)?.action === "key.paused" ? "paused" : "active";
}

/** The effective end under the policy at that moment. */
function endOf(trail: KeyTrail, made: TrailEntry, moment: Date): Date | null {
  const { expiresAt } = made.details;
  const own = typeof expiresAt === "string" ? readMoment(expiresAt) : null;
  const asked = valueAt(trail.settings, moment, "maximumLifetimeDays");
  const maximum = typeof asked === "number" || asked === null ? asked : trail.maximumNow;
  const lifetime = {
    maximumLifetimeDays: trail.isExempt ? null : maximum,
    createdAt: made.at,
    expiresAt: own,
  };
  return keyEnd(lifetime)?.at ?? null;
}

/**
 * The last value recorded up to the moment; without one, the value that the first later change replaced. Undefined if
 * the trail has neither.
 */
function valueAt(entries: readonly TrailEntry[], moment: Date, field: string): unknown {
  const before = entries.filter(({ at, details }) => at <= moment && field in details);
  if (before.length > 0) return before.at(-1)?.details[field];
  const after = entries.find(({ at, details }) => at > moment && `${field}Before` in details);
  return after?.details[`${field}Before`];
}

function roleAt({ roles, rolesNow }: KeyTrail, id: string, moment: Date): Role | undefined {
  const builtIn = builtInRole(id);
  if (builtIn !== undefined) return builtIn;
  const own = roles.filter(({ details }) => details.roleId === id);
  // The id of a deleted role can be reused: entries before its last deletion are about another role.
  const deleted = own.findLastIndex(({ at, action }) => at <= moment && action === "role.deleted");
  const since = own.slice(deleted + 1);
  const permissions = valueAt(since, moment, "permissions");
  const now = rolesNow.find((role) => role.id === id);
  if (permissions === undefined) return since.length === 0 ? now : undefined;
  return {
    ...{ id, title: "", description: "" },
    permissions: textsOf(permissions) as readonly Permission[],
    publishable: valueAt(since, moment, "publishable") === true,
  };
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}
