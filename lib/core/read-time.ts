/** RFC 3339, as PostgreSQL writes a time into JSON: up to microseconds, and always with an offset. */
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)$/;
const dayPattern = /^\d{4}-\d\d-\d\d$/;
/** The most that a Date can be, in milliseconds since the epoch. */
const most = 8.64e15;

/**
 * A time that was stored or sent, as text with an offset or in milliseconds since the epoch. A time that cannot
 * be read is an error and never "none": a key would never expire, or a revoked one would live.
 *
 * @throws RangeError
 */
export function readTime(value: unknown): Date {
  const time = value instanceof Date ? value.getTime() : value;
  if (typeof time === "number" && Number.isInteger(time) && Math.abs(time) <= most) return new Date(time);
  // Date.parse takes the 31st of February for the 3rd of March.
  if (typeof time === "string" && timePattern.test(time) && isDay(time.slice(0, 10))) {
    const read = Date.parse(time);
    if (!Number.isNaN(read)) return new Date(read);
  }
  // An object may have a toString that throws.
  throw new RangeError(`Not a time: ${typeof value === "object" ? "an object" : String(value)}`);
}

/** The same where there may be none. */
export function readTimeOrNull(value: unknown): Date | null {
  return value === null ? null : readTime(value);
}

/** Midnight in UTC. @throws RangeError */
export function readDay(text: string): Date {
  if (!dayPattern.test(text) || !isDay(text)) throw new RangeError(`Not a day: ${text}`);
  return new Date(`${text}T00:00:00Z`);
}

/**
 * Has this time come at `now`? With one that is not valid every comparison is false, so that "ended" would be "not yet".
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
