const hourMs = 60 * 60 * 1000;

export const defaultSilentHours = 24;
export const mostSilentHours = 167;

/** How long before the end of a grace somebody is told that the old secret is still in use. */
const tellBeforeMs = 24 * hourMs;

/** What is known of a roll whose grace may end early. */
export type GraceEvidence = {
  readonly rolledAt: Date;
  /** When the old secret ends at the latest. */
  readonly endsAt: Date;
  readonly silentHours: number;
  /** The last call with the old secret, accepted or refused; null if there was none that is still known. */
  readonly previousSeenAt: Date | null;
  /** Has anybody presented the new secret? */
  readonly isCurrentSeen: boolean;
  /** When it was told that the old secret is still in use; null if it was not. */
  readonly toldAt: Date | null;
};

/**
 * What to do about the old secret of a roll now: end it, because nobody has used it for long enough and the new one is in
 * use; tell that it is still in use, once, when a day or half of the grace is left; or wait. Without a sign of the new secret
 * nothing ends early: the silence of both is no evidence that the callers have moved.
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
