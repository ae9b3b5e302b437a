import { hasCome } from "./read-time";
import { unknownState } from "./unknown-state";

/** Why a key was revoked. */
export const revocationReasons = [
  "person",
  "creator_removed",
  "leaked",
  "policy",
  "resource_deleted",
] as const;
export type RevocationReason = (typeof revocationReasons)[number];

const endedStandings = ["expired", "revoked", "deleted"] as const;
/** Only a live key works. */
export type KeyStanding = "live" | (typeof endedStandings)[number];

/** The facts that decide whether a key works. The answer is stored nowhere. */
export type KeyTimes = {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly deletedAt: Date | null;
};

/** Whether a key works at `now`, and if not, why. At `expiresAt` exactly it is expired. */
export function keyStanding(key: KeyTimes, now: Date): KeyStanding {
  if (key.deletedAt !== null) return "deleted";
  if (key.revokedAt !== null) return "revoked";
  // Read once: a remembered key makes its dates anew.
  const { expiresAt } = key;
  return expiresAt !== null && hasCome(expiresAt, now) ? "expired" : "live";
}

/** What people see: of a live key also whether it is rolling. */
export const keyStatuses = ["active", "rolling", ...endedStandings] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** @param graceEndsAt when the previous secret ends; null when there is none. At that time exactly it no longer works */
export function keyStatus(key: KeyTimes, graceEndsAt: Date | null, now: Date): KeyStatus {
  const standing = keyStanding(key, now);
  if (standing !== "live") return standing;
  return graceEndsAt !== null && !hasCome(graceEndsAt, now) ? "rolling" : "active";
}

/** The filter of the API keys page. "active" shows the keys that work, rolling ones included. */
export type StatusFilter = "active" | Exclude<KeyStanding, "live" | "deleted"> | "all";
export const statusFilters = [
  "active",
  "revoked",
  "expired",
  "all",
] as const satisfies readonly StatusFilter[];

/** For display. Code that decides asks `keyStanding`. */
export function isLive(status: KeyStatus): boolean {
  switch (status) {
    case "active":
    case "rolling":
      return true;
    case "expired":
    case "revoked":
    case "deleted":
      return false;
    default:
      return unknownState(status);
  }
}
