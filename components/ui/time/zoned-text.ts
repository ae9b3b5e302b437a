import { currentFormats } from "@/lib/formats/current-formats";
import type { Formats } from "@/lib/formats/formats";

/** Formatters are slow to create, and few are needed: the kinds below for the reader's zone and UTC. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Intl.DateTimeFormatOptions, { order, hour12 }: Formats) {
  const name = `${zone} ${order} ${hour12} ${JSON.stringify(options)}`;
  const known = formatters.get(name);
  if (known !== undefined) return known;
  const time = "hour" in options && (hour12 ? { hour: "numeric", hour12 } : { hour: "2-digit", hour12 });
  // Each language only has names for its own region's time zones: EST, CET.
  const language = order === "mdy" ? "en-US" : "en-GB";
  const made = new Intl.DateTimeFormat(language, { ...options, ...time, timeZone: zone } as typeof options);
  formatters.set(name, made);
  return made;
}

/**
 * A moment in a time zone, in the reader's order: "Tue 1 Dec 2026, 14:20" or "Tue, Dec 1, 2026, 2:20 PM". Assembled
 * from parts, because Node.js and browsers may differ in commas and spaces.
 */
export function zonedText(
  moment: Date,
  zone: string,
  options: Intl.DateTimeFormatOptions,
  formats: Formats = currentFormats(),
): string {
  const parts = new Map<string, string>();
  for (const { type, value } of formatter(zone, options, formats).formatToParts(moment))
    parts.set(type, value);
  const joined = (separator: string, ...texts: readonly (string | undefined)[]) =>
    texts.filter((text) => text).join(separator);
  const [day, year, weekday] = [parts.get("day"), parts.get("year"), parts.get("weekday")];
  // en-GB writes "Sept".
  const month = parts.get("month")?.slice(0, 3);
  const date = {
    dmy: joined(" ", weekday, day, month, year),
    mdy: joined(", ", weekday, joined(" ", month, day), year),
    ymd: joined(" ", weekday, year, month, day),
  }[formats.order];
  const clock = joined(":", parts.get("hour"), parts.get("minute"), parts.get("second"));
  const time = joined(" ", clock, parts.get("dayPeriod")?.toUpperCase(), parts.get("timeZoneName"));
  return joined(", ", date, time);
}

/** "26 Nov 2026", in a time zone. */
export function dayText(moment: Date, zone: string): string {
  return zonedText(moment, zone, { day: "numeric", month: "short", year: "numeric" });
}

/** "16:40", in a time zone. */
export function timeText(moment: Date, zone: string): string {
  return zonedText(moment, zone, { hour: "2-digit", minute: "2-digit" });
}
