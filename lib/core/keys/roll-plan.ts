import { effectiveEnd } from "./effective-end";
import type { KeyStanding, KeyTimes } from "./key-status";
import { keyStanding } from "./key-status";

export const defaultGraceSeconds = 12 * 60 * 60;
export const maximumGraceSeconds = 7 * 24 * 60 * 60;

/**
 * How many versions of a secret are judged. A request with one of them is told that it was rolled; an older one is
 * unknown, unless it still works. Without a limit, a key that is rolled daily would get slower to verify.
 */
export const versionsJudged = 10;

/**
 * How long an ended secret can still be recognized in a leak report. A key that rolled itself away from it in this time
 * is stopped: whoever found the secret first may have done that.
 */
export const recognizedDays = 7;

/** Secrets that ended after this time can still be recognized. */
export function recognizedFrom(now: Date): Date {
  return new Date(now.getTime() - recognizedDays * 24 * 60 * 60 * 1000);
}

/** The choices of the roll dialog, in seconds. */
export const graceChoices = [
  { seconds: 0, label: "Ends now" },
  { seconds: 60 * 60, label: "1 hour" },
  { seconds: defaultGraceSeconds, label: "12 hours" },
  { seconds: 24 * 60 * 60, label: "24 hours" },
  { seconds: maximumGraceSeconds, label: "7 days" },
] as const;

export type RollPlan =
  | { readonly ok: true; readonly oldSecretEndsAt: Date }
  | { readonly ok: false; readonly because: Exclude<KeyStanding, "live" | "paused"> };

/**
 * When the current secret ends if the key is rolled at `now`: `min(now + grace, effective end)`, so a roll never
 * extends a key's life. A key that has ended cannot be rolled; a paused one can, and stays paused.
 *
 * @param graceSeconds a whole number, 0 to `maximumGraceSeconds`
 */
export function planRoll(key: KeyTimes, graceSeconds: number, now: Date): RollPlan {
  const standing = keyStanding(key, now);
  if (standing !== "live" && standing !== "paused") return { ok: false, because: standing };
  const graceEnd = new Date(now.getTime() + graceSeconds * 1000);
  const end = effectiveEnd(key);
  const oldSecretEndsAt = end !== null && end < graceEnd ? end : graceEnd;
  return { ok: true, oldSecretEndsAt };
}
