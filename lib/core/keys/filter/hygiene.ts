import { hasCome } from "../../read-time";
import { effectiveEnd } from "../effective-end";
import { type KeyTimes, keyStanding } from "../key-status";

/** What people should look at in keys that have not ended; the words of the filter `is:`. */
export const hygieneKinds = [
  ...(["never-used", "idle", "never-expires", "expiring-soon", "over-privileged"] as const),
] as const;
export type HygieneKind = (typeof hygieneKinds)[number];

const dayMs = 24 * 60 * 60 * 1000;

/** In days: a key is given so long to be used for the first time, and is idle, or about to expire, after so long. */
export const hygieneDays = { neverUsed: 7, idle: 90, expiringSoon: 14 } as const;

/** The moments that the findings compare a key's times with. */
export function hygieneTimes(now: Date) {
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);
  return {
    neverUsed: ago(hygieneDays.neverUsed),
    idle: ago(hygieneDays.idle),
    expiringSoon: ago(-hygieneDays.expiringSoon),
  };
}

/** What a finding depends on. */
export type HygieneFacts = KeyTimes & {
  readonly lastUsedAt: Date | null;
  /** As it was marked: see lib/core/keys/over-privileged. */
  readonly overPrivileged: boolean;
};

/**
 * What to look at in a key. A key that has ended has no findings; a paused one has. `hygieneRules` tells people.
 *
 * - `never-used`: created more than 7 days ago, and never used.
 * - `idle`: last used more than 90 days ago.
 * - `never-expires`: neither an expiry of its own nor a maximum lifetime ends it.
 * - `expiring-soon`: its effective end is less than 14 days away.
 * - `over-privileged`: it holds more than it needs.
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
