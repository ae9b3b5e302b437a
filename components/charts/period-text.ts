import { timeText, zonedText } from "@/components/ui/time/zoned-text";

const date = { day: "numeric", month: "short" } as const;

/** Days are counted in UTC, so they are named in UTC. Hours are in the reader's zone. */
const zoneFor = (hoursEach: number, zone: string) => (hoursEach >= 24 ? "UTC" : zone);

/** "Tue 1 Dec, 08:00 to 09:00", or "Tue 1 Dec" for a day. */
export function periodText(from: Date, to: Date, hoursEach: number, zone: string): string {
  const { begin, end } = periodParts(from, to, hoursEach, zone);
  return end === "" ? begin : `${begin} to ${end}`;
}

/** The two ends of a period; a day has one. */
export function periodParts(from: Date, to: Date, hoursEach: number, zone: string) {
  const shown = zoneFor(hoursEach, zone);
  const day = zonedText(from, shown, { weekday: "short", ...date });
  if (hoursEach >= 24) return { begin: day, end: "" };
  return { begin: `${day}, ${timeText(from, shown)}`, end: timeText(to, shown) };
}

/** A label on the time axis: the time of day, or the date once periods are longer than an hour. */
export function axisText(from: Date, hoursEach: number, zone: string): string {
  const shown = zoneFor(hoursEach, zone);
  return hoursEach > 1 ? zonedText(from, shown, date) : timeText(from, shown);
}

/** Labels stay out of the last tenth of the axis, where "now" is. */
const namedShare = 0.9;

/** The indexes at which the name changes, such as each day's first hour. Index 0 is left out: its day began earlier. */
export function startsOf(names: readonly string[]): number[] {
  const mostIndex = names.length * namedShare;
  return [...names.keys()].filter(
    (index) => index > 0 && index < mostIndex && names[index] !== names[index - 1],
  );
}

/** "in the last 24 hours". @param span such as `24h` or `7 d` */
export function inTheLast(span: `${number}${"" | " "}${"h" | "d"}`): string {
  return `in the last ${Number.parseInt(span, 10)} ${span.endsWith("h") ? "hours" : "days"}`;
}
