import { countOf } from "@/components/ui/count-of";
import { dayText, timeText, zonedText } from "@/components/ui/time/zoned-text";
import { mostAttempts } from "@/lib/core/webhooks/retry-plan";
import { everyEvent, testEvent } from "@/lib/core/webhooks/webhook-events";
import type { DeliveryRow } from "@/lib/services/webhooks/list-deliveries";
import type { DeliveryHour } from "@/lib/services/webhooks/read-day";

/** The events of an endpoint, short enough for a narrow column. */
export function eventsText(events: readonly string[]): string {
  if (events.includes(everyEvent)) return "All events";
  return events.length > 2 ? countOf(events.length, "event") : events.join(", ");
}

/** The share of a day's events that were delivered: "71%", and 100% only if all were. Null if there were none. */
export function deliveredShare(hours: readonly DeliveryHour[]): string | null {
  const events = hours.reduce((sum, hour) => sum + hour.events, 0);
  const delivered = hours.reduce((sum, hour) => sum + hour.delivered, 0);
  return events === 0 ? null : `${Math.floor((delivered / events) * 100)}%`;
}

/** A receiver's last response in one word: a status, or why there was none. Null before the first attempt. */
export function answerWord({ responseStatus, error }: Pick<DeliveryRow, "responseStatus" | "error">) {
  if (responseStatus !== null) return String(responseStatus);
  return error === null ? null : sentence(error);
}

/** The names of HTTP statuses. (RFC 9110, 15) */
const statusNames: Readonly<Record<number, string>> = {
  200: "OK",
  201: "Created",
  202: "Accepted",
  204: "No Content",
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  409: "Conflict",
  410: "Gone",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** "503 Service Unavailable after 1.9 s", or "Timeout after 15 s". Null before the first attempt. */
export function answerText(delivery: Pick<DeliveryRow, "responseStatus" | "error" | "durationMs">) {
  const { responseStatus, durationMs } = delivery;
  const word = answerWord(delivery);
  if (word === null) return null;
  const name = responseStatus === null ? undefined : statusNames[responseStatus];
  const time = durationMs === null ? "" : ` after ${millisecondsText(durationMs)}`;
  return `${name === undefined ? word : `${word} ${name}`}${time}`;
}

/** "640 ms", "1.9 s", "15 s". */
function millisecondsText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0).replace(/\.0$/, "")} s`;
}

/** "6 of 12". A test is not retried. */
export function attemptsText({ type, attempts }: Pick<DeliveryRow, "type" | "attempts">): string {
  return type === testEvent ? String(attempts) : `${attempts} of ${mostAttempts}`;
}

/** "11:05" if it is today, otherwise "Fri 4 Dec, 11:05". */
export function momentText(moment: Date, now: Date, zone: string): string {
  if (dayText(moment, zone) === dayText(now, zone)) return timeText(moment, zone);
  const day = { weekday: "short", day: "numeric", month: "short" } as const;
  return zonedText(moment, zone, { ...day, hour: "2-digit", minute: "2-digit" });
}

/** "11:05" if it is today, otherwise "29 Nov". */
export function shortMomentText(moment: Date, now: Date, zone: string): string {
  if (dayText(moment, zone) === dayText(now, zone)) return timeText(moment, zone);
  return zonedText(moment, zone, { day: "numeric", month: "short" });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
