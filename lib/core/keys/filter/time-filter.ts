import { readMoment } from "../../read-moment";

/** From `from` (inclusive) to `to` (exclusive). `never` matches keys without this time. */
export type TimeRange =
  | { readonly never: true }
  | { readonly never: false; readonly from: Date | null; readonly to: Date | null };

/** The times of a key that a list can be filtered by. */
export type TimeKind = "created" | "used" | "expires";

const dayMs = 24 * 60 * 60 * 1000;
const units = { h: dayMs / 24, d: dayMs, w: 7 * dayMs, m: 30 * dayMs, y: 365 * dayMs } as const;
const distance = /^[<>]([1-9]\d{0,3})([hdwmy])$/;
/** From 1970 on: PostgreSQL has no year 0. */
const day = /^[<>]?((?:19[789]|[2-9]\d\d)\d-\d\d-\d\d)$/;
const longest = 100 * units.y;

/**
 * @returns the text in lower case; null unless it is `never`, a duration such as `<30d` or a day such as `>2026-01-31`
 */
export function readTimeFilter(kind: TimeKind, text: string): string | null {
  const written = text.trim().toLowerCase();
  if (written === "never") return kind === "created" ? null : written;
  const length = lengthOf(written);
  return (length !== null && length <= longest) || dayOf(written) !== null ? written : null;
}

/**
 * The range of times that a filter matches at `now`. A number counts back from now, or for `expires` ahead: `used:<7d`
 * was used within the last 7 days, `expires:<30d` ends within the next 30 or has ended. A month has 30 days, a year
 * 365. Days are in UTC; `>2026-01-31` starts after that day.
 *
 * @param filter as `readTimeFilter` returned it
 * @throws RangeError for any other text
 */
export function timeRange(kind: TimeKind, filter: string, now: Date): TimeRange {
  if (filter === "never") return { never: true };
  const isBelow = filter.startsWith("<");
  const length = lengthOf(filter);
  if (length !== null) {
    const at = new Date(now.getTime() + (kind === "expires" ? length : -length));
    return (kind === "expires") === isBelow ? until(at) : since(at);
  }
  const start = dayOf(filter);
  if (start === null) throw new RangeError("Not a filter by time");
  const end = new Date(start.getTime() + dayMs);
  if (isBelow) return until(start);
  return filter.startsWith(">") ? since(end) : { never: false, from: start, to: end };
}

const since = (from: Date): TimeRange => ({ never: false, from, to: null });
const until = (to: Date): TimeRange => ({ never: false, from: null, to });

/** Completions of a number: `<30` becomes `<30d`, `<30w` and so on, and `30` both `<30d` and `>30d`. */
export function distancesFrom(part: string): string[] {
  const [, side = "", count] = /^([<>]?)([1-9]\d{0,3})$/.exec(part) ?? [];
  if (count === undefined) return [];
  const written = side === "" ? ["<d", ">d"] : [..."dwmyh"].map((unit) => `${side}${unit}`);
  return written
    .map(([sign, unit]) => `${sign}${count}${unit}`)
    .filter((text) => (lengthOf(text) ?? Number.POSITIVE_INFINITY) <= longest);
}

/** In milliseconds; null if the text is not a duration. */
function lengthOf(text: string): number | null {
  const [, count, unit] = distance.exec(text) ?? [];
  return unit === undefined ? null : Number(count) * units[unit as keyof typeof units];
}

function dayOf(text: string): Date | null {
  const written = day.exec(text)?.[1];
  return written === undefined ? null : readMoment(`${written}T00:00Z`);
}
