import { readMoment } from "../../read-moment";

/** From `from` (inclusive) to `to` (exclusive); `never`: the keys without such a time. */
export type TimeRange =
  | { readonly never: true }
  | { readonly never: false; readonly from: Date | null; readonly to: Date | null };

/** What a list can be filtered by that is a time of a key. */
export type TimeKind = "created" | "used" | "expires";

const dayMs = 24 * 60 * 60 * 1000;
const units = { h: dayMs / 24, d: dayMs, w: 7 * dayMs, m: 30 * dayMs, y: 365 * dayMs } as const;
const distance = /^[<>]([1-9]\d{0,3})([hdwmy])$/;
/** From the year 1970: the database has no year 0. */
const day = /^[<>]?((?:19[789]|[2-9]\d\d)\d-\d\d-\d\d)$/;
const longest = 100 * units.y;

/** @returns the text in lower case; null unless it is `never`, such as `<30d` or such as `>2026-01-31` */
export function readTimeFilter(kind: TimeKind, text: string): string | null {
  const written = text.trim().toLowerCase();
  if (written === "never") return kind === "created" ? null : written;
  const length = lengthOf(written);
  return (length !== null && length <= longest) || dayOf(written) !== null ? written : null;
}

/**
 * The times that a filter means at `now`. A distance is an age, or for `expires` the time that is left: `used:<7d` was
 * used within the last 7 days, `expires:<30d` ends within the next 30 or has ended. A month is 30 days, a year 365. A
 * day is one of UTC; `>2026-01-31` begins after it.
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

/** What a number is the beginning of: `<30` of `<30d` and `<30w`, and `30` of `<30d` and `>30d`. */
export function distancesFrom(part: string): string[] {
  const [, side = "", count] = /^([<>]?)([1-9]\d{0,3})$/.exec(part) ?? [];
  if (count === undefined) return [];
  const written = side === "" ? ["<d", ">d"] : [..."dwmyh"].map((unit) => `${side}${unit}`);
  return written
    .map(([sign, unit]) => `${sign}${count}${unit}`)
    .filter((text) => (lengthOf(text) ?? Number.POSITIVE_INFINITY) <= longest);
}

/** In milliseconds; null if it is no distance. */
function lengthOf(text: string): number | null {
  const [, count, unit] = distance.exec(text) ?? [];
  return unit === undefined ? null : Number(count) * units[unit as keyof typeof units];
}

function dayOf(text: string): Date | null {
  const written = day.exec(text)?.[1];
  return written === undefined ? null : readMoment(`${written}T00:00Z`);
}
