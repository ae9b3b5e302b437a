import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** The refusal when the mail budget is used up. Nothing was changed. */
export function mailRefused(fullUntil: Date, now: Date): Failure {
  const milliseconds = Math.max(1_000, fullUntil.getTime() - now.getTime());
  const minutes = Math.ceil(milliseconds / 60_000);
  const detail = `Too many mails were sent within an hour, so nothing was done. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  return { ...failure("rate_limited", detail), retryAfterSeconds: Math.ceil(milliseconds / 1000) };
}
