import { hasCome } from "../read-time";
import { unknownState } from "../unknown-state";
import type { KeyLifetime } from "./effective-end";
import { effectiveEnd } from "./effective-end";

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
/** Only a live key works. A paused one works again when it is resumed. */
export type KeyStanding = "live" | "paused" | (typeof endedStandings)[number];

/** The times that decide whether a key works, with the policy that bounds them. The result is never stored. */
export type KeyTimes = KeyLifetime & {
  readonly pausedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly deletedAt: Date | null;
};

/** Whether a key works at `now`, and if not, why. A key is expired from exactly its effective end on. */
export function keyStanding(key: KeyTimes, now: Date): KeyStanding {
  if (key.deletedAt !== null) return "deleted";
  if (key.revokedAt !== null) return "revoked";
  const end = effectiveEnd(key);
  if (end !== null && hasCome(end, now)) return "expired";
  return key.pausedAt === null ? "live" : "paused";
}

/** The status shown to people, which also tells whether a live key is rolling. */
export const keyStatuses = ["active", "rolling", "paused", ...endedStandings] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** @param graceEndsAt when the previous secret ends; null if there is none. It no longer works at exactly that time */
export function keyStatus(key: KeyTimes, graceEndsAt: Date | null, now: Date): KeyStatus {
  const standing = keyStanding(key, now);
  if (standing !== "live") return standing;
  return graceEndsAt !== null && !hasCome(graceEndsAt, now) ? "rolling" : "active";
}

/** When the previous secret of a key with this status stops working; null if none works, paused or not. */
export function liveGraceEnd(status: KeyStatus, graceEndsAt: Date | null, now: Date): Date | null {
  return graceEndsAt === null || hasEnded(status) || hasCome(graceEndsAt, now) ? null : graceEndsAt;
}

/** The status filter of the API keys page. "active" covers every key that has not ended: rolling and paused ones too. */
export const statusFilters = ["active", "revoked", "expired", "all"] as const;
export type StatusFilter = (typeof statusFilters)[number];

/** For display only. Code that makes decisions uses `keyStanding`. */
export function hasEnded(status: KeyStatus): boolean {
  switch (status) {
    case "active":
    case "rolling":
    case "paused":
      return false;
    case "expired":
    case "revoked":
    case "deleted":
      return true;
    default:
      return unknownState(status);
  }
}

/**
 * Was the key paused because it leaked? Nobody is named for such a pause.
 *
 * @param pausedBy the person, or their id
 */
export function isLeakPause(pausedAt: Date | null, pausedBy: object | string | null): boolean {
  return pausedAt !== null && pausedBy === null;
}
