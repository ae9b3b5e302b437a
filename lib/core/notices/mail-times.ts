import type { NoticePace } from "./notice-kinds";

const minuteMs = 60 * 1000;
const dayMs = 24 * 60 * minuteMs;
/** Long enough for what happens together to be in one mail. */
const urgentDelayMs = 30 * 1000;
const urgentPauseMs = 15 * minuteMs;
const dailyDelayMs = 60 * minuteMs;

/**
 * When to mail what is told now, if nothing waits yet. Urgent: at once, and what follows in one mail fifteen minutes
 * later. Daily: in an hour, but only once a day (UTC); else in the first hour of the next day, with what comes then (L17).
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

/** After so many failures, which take about a week, a mail is given up. What it told stays in the dashboard. */
const mostAttempts = 32;
const longestPauseMs = 6 * 60 * minuteMs;

/** How long to wait after this many failures in a row; null to give up. */
export function mailRetryMs(failures: number): number | null {
  if (failures >= mostAttempts) return null;
  return Math.min(longestPauseMs, minuteMs * 2 ** (failures - 1));
}
