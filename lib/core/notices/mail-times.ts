import type { NoticePace } from "./notice-kinds";

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;
/** Long enough for events that happen together to share a mail. */
const urgentDelayMs = 30 * 1000;
const urgentPauseMs = 15 * minuteMs;
const dailyDelayMs = 60 * minuteMs;

/**
 * When to mail a new notice if no mail is waiting. Urgent notices are mailed at once, but at least fifteen minutes
 * after the last urgent mail. Daily ones are mailed after an hour or, if a daily mail was already sent on that day
 * (UTC), at 01:00 of the next one.
 *
 * @param sentAt the last mail of this pace; null if there was none
 */
export function mailDueAt(pace: NoticePace, toldAt: Date, sentAt: Date | null): Date {
  const told = toldAt.getTime();
  const sent = sentAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  if (pace === "urgent") return new Date(Math.max(told + urgentDelayMs, sent + urgentPauseMs));
  const nextDay = (Math.floor(sent / dayMs) + 1) * dayMs;
  return new Date(Math.max(told, nextDay) + dailyDelayMs);
}

/** When the mail comes of the reminders that the next day (UTC) begins with. */
export function nextReminders(now: Date): Date {
  return mailDueAt("daily", now, now);
}

/** After this many failures, which take about a week, a mail is given up. Its notices stay in the dashboard. */
const mostAttempts = 32;
const longestPauseMs = 6 * 60 * minuteMs;

/** How long to wait after this many failures in a row; null to give up. */
export function mailRetryMs(failures: number): number | null {
  if (failures >= mostAttempts) return null;
  return Math.min(longestPauseMs, minuteMs * 2 ** (failures - 1));
}
