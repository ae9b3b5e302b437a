import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { recordFailedGuess, recordLockOut } from "@/lib/services/sessions/record-guesses";
import { clearAttempts } from "@/lib/services/throttle/clear-attempts";
import type { Attempt } from "@/lib/services/throttle/count-attempt";
import { countAttempt } from "@/lib/services/throttle/count-attempt";
import { minutesUntil } from "@/lib/services/throttle/minutes-until";
import { returnAttempt } from "@/lib/services/throttle/return-attempt";
import type { KnownBrowser } from "../known-browser";
import { knowsAccount } from "../known-browser";
import type { GuessBound, Guesser } from "./guess-bounds";
import { guessBounds } from "./guess-bounds";
import { passwordMatches, TooManyWaiting } from "./password";

/** `passwordHash` is the hash that the password matched. */
export type CheckedUser = { readonly id: string; readonly passwordHash: string };

/** A live session, or a browser that may have signed in before. */
export type TriedFrom = { readonly sessionId: string } | { readonly browser: KnownBrowser | null };

/**
 * The only place that checks a password. Attempts are rate limited. An unknown email takes the same work and gets the
 * same answer as a wrong password.
 *
 * @param email in lower case
 */
export async function checkPassword(
  email: string,
  password: string,
  origin: Origin,
  from: TriedFrom,
  wrong: string,
): Promise<Result<CheckedUser>> {
  const user = await database().user.findUnique({
    where: { email },
    select: { id: true, passwordHash: true },
  });
  const guesser = guesserOf(from, user);
  const guess = { userId: user?.id ?? null, guesser: guesser.kind, origin };
  const bounds = guessBounds(email, origin, guesser);
  const { refusedBy, attempt } = await countGuess(bounds, origin.at);
  if (attempt.retryAt !== null) {
    if (attempt.isFirstRefusal) recordLockOut(guess, refusedBy, attempt.retryAt);
    return failure("rate_limited", `Too many attempts. ${tryAgain(attempt.retryAt, origin.at)}`);
  }

  const matches = await checked(password, user?.passwordHash ?? null, guesser);
  if (matches === null) {
    for (const { throttle, subject } of bounds) await returnAttempt(throttle, subject);
    return failure("rate_limited", "Too many people are signing in. Try again in a minute.");
  }
  if (!matches || user === null || user.passwordHash === null) {
    recordFailedGuess(guess, attempt.count);
    return failure("forbidden", guesser.kind === "session" ? `${wrong} ${attemptsLeft(attempt)}` : wrong);
  }
  for (const { throttle, subject, isOwn } of bounds) {
    await (isOwn ? clearAttempts(throttle, subject) : returnAttempt(throttle, subject));
  }
  return success({ id: user.id, passwordHash: user.passwordHash });
}

/** Null if too many strangers are waiting already. */
function checked(password: string, passwordHash: string | null, { kind }: Guesser): Promise<boolean | null> {
  return passwordMatches(password, passwordHash, kind === "anybody").catch((error) => {
    if (error instanceof TooManyWaiting) return null;
    throw error;
  });
}

function guesserOf(
  from: TriedFrom,
  user: { readonly id: string; readonly passwordHash: string | null } | null,
): Guesser {
  if ("sessionId" in from) return { kind: "session", sessionId: from.sessionId };
  if (user === null || !knowsAccount(from.browser, user)) return { kind: "anybody" };
  return { kind: "browser", browserId: from.browser.browserId };
}

/**
 * Counts the guess against every bound. If one refuses, the counts taken before it are released: a guess that is not
 * made must not use up shared bounds.
 */
async function countGuess(
  bounds: readonly GuessBound[],
  at: Date,
): Promise<{ readonly refusedBy: GuessBound | null; readonly attempt: Attempt }> {
  let attempt: Attempt = { count: 0, left: 0, retryAt: null, isFirstRefusal: false };
  for (const [index, bound] of bounds.entries()) {
    attempt = await countAttempt(bound.throttle, bound.subject, at);
    if (attempt.retryAt === null) continue;
    for (const { throttle, subject } of bounds.slice(0, index)) await returnAttempt(throttle, subject);
    return { refusedBy: bound, attempt };
  }
  return { refusedBy: null, attempt };
}

function attemptsLeft({ left }: Attempt): string {
  return left === 1 ? "1 attempt left." : `${left} attempts left.`;
}

function tryAgain(retryAt: Date, now: Date): string {
  return `Try again in ${minutesUntil(retryAt, now)}.`;
}
