import { hasCome } from "../../read-time";
import { effectiveEnd } from "../effective-end";
import { type KeyTimes, keyStanding } from "../key-status";

/** Findings about keys that have not ended; also the values of the filter `is:`. */
export const hygieneKinds = [
  ...(["never-used", "idle", "never-expires", "expiring-soon", "over-privileged"] as const),
] as const;
export type HygieneKind = (typeof hygieneKinds)[number];

const dayMs = 24 * 60 * 60 * 1000;

/**
 * In days: how long before an unused key counts as never used, and a used one as idle, and how long before its end a
 * key counts as expiring soon.
 */
export const hygieneDays = { neverUsed: 7, idle: 90, expiringSoon: 14 } as const;

/** The times to compare a key's own times with. */
export function hygieneTimes(now: Date) {
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);
  return {
    neverUsed: ago(hygieneDays.neverUsed),
    idle: ago(hygieneDays.idle),
    expiringSoon: ago(-hygieneDays.expiringSoon),
  };
}

/** The facts that findings depend on. */
export type HygieneFacts = KeyTimes & {
  readonly lastUsedAt: Date | null;
  /** As stored with the key: see lib/core/keys/over-privileged. */
  readonly overPrivileged: boolean;
};

/**
 * The findings about a key. A key that has ended has none; a paused one can have some. `hygieneRules` explains them to
 * people.
 *
 * - `never-used`: created more than 7 days ago, and never used.
 * - `idle`: last used more than 90 days ago.
 * - `never-expires`: it has no expiry, and no maximum lifetime ends it.
 * - `expiring-soon`: its effective end is less than 14 days away.
 * - `over-privileged`: it has more access than it needs.
 */
export function keyFindings(key: HygieneFacts, now: Date): HygieneKind[] {
  const standing = keyStanding(key, now);
  if (standing !== "live" && standing !== "paused") return [];
  const times = hygieneTimes(now);
  const end = effectiveEnd(key);
  const found: Readonly<Record<HygieneKind, boolean>> = {
    "never-used": key.lastUsedAt === null && !hasCome(times.neverUsed, key.createdAt),
    idle: key.lastUsedAt !== null && !hasCome(times.idle, key.lastUsedAt),
    "never-expires": end === null,
    "expiring-soon": end !== null && !hasCome(times.expiringSoon, end),
    "over-privileged": key.overPrivileged,
  };
  return hygieneKinds.filter((kind) => found[kind]);
}
