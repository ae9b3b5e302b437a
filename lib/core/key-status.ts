import { hasCome } from "./read-time";

/** Why a key was revoked. */
export const revocationReasons = [
  "person",
  "creator_removed",
  "leaked",
  "policy",
  "resource_deleted",
] as const;
export type RevocationReason = (typeof revocationReasons)[number];

export const keyStatuses = ["active", "rolling", "expired", "revoked", "deleted"] as const;
export type KeyStatus = (typeof keyStatuses)[number];

/** The facts a status is derived from. A status itself is stored nowhere. */
export type KeyTimes = {
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly deletedAt: Date | null;
  /** When the previous secret ends; null when the key was never rolled or the grace was ended. */
  readonly graceEndsAt: Date | null;
};

/**
 * The status of a key at `now`. One precedence: deleted, revoked, expired, rolling, active.
 * At `expiresAt` exactly the key is expired; at `graceEndsAt` exactly the old secret is dead.
 */
export function keyStatus(key: KeyTimes, now: Date): KeyStatus {
  if (key.deletedAt !== null) return "deleted";
  if (key.revokedAt !== null) return "revoked";
  if (key.expiresAt !== null && hasCome(key.expiresAt, now)) return "expired";
  if (key.graceEndsAt !== null && !hasCome(key.graceEndsAt, now)) return "rolling";
  return "active";
}

/** The filter of the API keys page: "active" shows what works, rolling keys included. */
export const statusFilters = ["active", "revoked", "expired", "all"] as const;
export type StatusFilter = (typeof statusFilters)[number];

export function isLive(status: KeyStatus): boolean {
  return status === "active" || status === "rolling";
}
