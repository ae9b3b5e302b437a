/** RFC 3339, as PostgreSQL writes a time into JSON: up to microseconds, and always with an offset. */
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)$/;
const dayPattern = /^\d{4}-\d\d-\d\d$/;
/** The largest time a Date can hold, in milliseconds since the epoch. */
const most = 8.64e15;

/**
 * Parses a stored or received time: text with an offset, or milliseconds since the epoch. An unreadable time is an
 * error, never "none": otherwise a key would never expire, or a revoked one would work again.
 *
 * @throws RangeError
 */
export function readTime(value: unknown): Date {
  const time = value instanceof Date ? value.getTime() : value;
  if (typeof time === "number" && Number.isInteger(time) && Math.abs(time) <= most) return new Date(time);
  // Date.parse turns February 31 into March 3.
  if (typeof time === "string" && timePattern.test(time) && isDay(time.slice(0, 10))) {
    const read = Date.parse(time);
    if (!Number.isNaN(read)) return new Date(read);
  }
  // An object may have a toString that throws.
  throw new RangeError(`Not a time: ${typeof value === "object" ? "an object" : String(value)}`);
}

/** Like `readTime`, for a time that may be null. */
export function readTimeOrNull(value: unknown): Date | null {
  return value === null ? null : readTime(value);
}

/** Midnight in UTC. @throws RangeError */
export function readDay(text: string): Date {
  if (!dayPattern.test(text) || !isDay(text)) throw new RangeError(`Not a day: ${text}`);
  return new Date(`${text}T00:00:00Z`);
}

/**
 * Is this time at or before `now`? Comparing an invalid date always gives false, which would turn "ended" into "not
 * yet".
 *
 * @throws RangeError
 */
export function hasCome(time: Date, now: Date): boolean {
  const [at, then] = [time.getTime(), now.getTime()];
  if (Number.isNaN(at) || Number.isNaN(then)) throw new RangeError("An invalid time was compared");
  return at <= then;
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
