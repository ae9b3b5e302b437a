import type { SessionAction } from "@/lib/core/audit-actions";
import { inTransactionApart } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { Origin } from "@/lib/services/access/context";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import type { GuessBound, Guesser } from "@/lib/services/users/password/guess-bounds";
import { logSessionEvent } from "./log-session-event";
import { auditSessionEvent } from "./record-session-event";

export type Guess = {
  /** Null if the email has no account. */
  readonly userId: string | null;
  readonly guesser: Guesser["kind"];
  readonly origin: Origin;
};

/** How many failures per window are audited. More would let strangers flood the audit log. */
const auditedInWindow = 10;

/** @param count the failures in this window, including this one */
export function recordFailedGuess(guess: Guess, count: number): void {
  const action = guess.guesser === "session" ? "member.password_refused" : "member.sign_in_failed";
  record(action, guess, { from: guess.guesser }, count <= auditedInWindow);
}

/** Call it once per bound and window. */
export function recordLockOut(guess: Guess, bound: GuessBound | null, until: Date): void {
  const details = { from: guess.guesser, bound: bound?.throttle.name ?? null, until: until.toISOString() };
  record("member.locked_out", guess, details, bound?.isOfAccount === true);
}

/** Audit entries being written. Tests wait for them. */
const underWay = new Set<Promise<void>>();

export async function recordedGuesses(): Promise<void> {
  await Promise.all(underWay);
}

/**
 * Logs at once, and writes the audit entry in the background. Waiting for it would make a known email slower than an
 * unknown one, which would reveal that it has an account.
 */
function record(action: SessionAction, guess: Guess, details: AuditDetails, isAudited: boolean): void {
  const { userId, origin } = guess;
  logSessionEvent(action, userId, origin, details);
  if (userId === null || !isAudited) return;
  const written = inTransactionApart((transaction) =>
    auditSessionEvent(transaction, action, userId, origin, details),
  )
    .catch(() => log().error({ event: action, userId, requestId: origin.requestId }, "not audited"))
    .finally(() => underWay.delete(written));
  underWay.add(written);
}
