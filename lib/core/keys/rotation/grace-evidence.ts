const hourMs = 60 * 60 * 1000;

export const defaultSilentHours = 24;
export const mostSilentHours = 167;

/** How long before the end of a grace its people are told that the old secret is still in use. */
const tellBeforeMs = 24 * hourMs;

/** What is known about a roll whose grace may end early. */
export type GraceEvidence = {
  readonly rolledAt: Date;
  /** The latest time at which the old secret ends. */
  readonly endsAt: Date;
  readonly silentHours: number;
  /** The last known call with the old secret, accepted or refused; null if there is none. */
  readonly previousSeenAt: Date | null;
  /** Has anybody presented the new secret? */
  readonly isCurrentSeen: boolean;
  /** When people were told that the old secret is still in use; null if they were not. */
  readonly toldAt: Date | null;
};

/**
 * What to do now about a roll's old secret. `end`: nobody has used it for long enough, and the new one is in use.
 * `tell`: it is still in use with a day or half of the grace left; told once. Otherwise `wait`. If nobody uses the new
 * secret either, nothing ends early: silence does not show that the callers have switched.
 */
export function judgeGrace(evidence: GraceEvidence, now: Date): "end" | "tell" | "wait" {
  const { rolledAt, endsAt, silentHours, previousSeenAt, isCurrentSeen, toldAt } = evidence;
  if (endsAt <= now) return "wait";
  const silentSince = Math.max(rolledAt.getTime(), previousSeenAt?.getTime() ?? 0);
  if (isCurrentSeen && now.getTime() - silentSince >= silentHours * hourMs) return "end";
  const graceMs = endsAt.getTime() - rolledAt.getTime();
  const isNear = endsAt.getTime() - now.getTime() <= Math.min(tellBeforeMs, graceMs / 2);
  const isInUse = previousSeenAt !== null && previousSeenAt > rolledAt;
  return isNear && isInUse && toldAt === null ? "tell" : "wait";
}
