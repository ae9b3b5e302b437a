import { readTime } from "./read-time";

/** RFC 3339, 5.6, which allows lowercase T and Z; seconds may be omitted. */
const form =
  /^(?<minute>\d{4}-\d\d-\d\dt(?:[01]\d|2[0-3]):[0-5]\d)(?::(?<second>[0-5]\d|60)(?<fraction>\.\d+)?)?(?<offset>z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
/** The only time of day at which a leap second can occur. */
const leapSecond = /T23:59:59\.\d+Z$/;

/**
 * Parses a time written by a person or a program. A leap second becomes the second after it, as on computer clocks.
 *
 * @returns null unless it is a valid calendar time with an offset
 */
export function readMoment(text: string): Date | null {
  const { minute, second = "00", fraction = "", offset = "" } = form.exec(text)?.groups ?? {};
  if (minute === undefined) return null;
  const milliseconds = fraction.slice(0, 4);
  const seconds = second === "60" ? "59" : second;
  try {
    const read = readTime(
      `${minute}:${seconds}${milliseconds === "." ? "" : milliseconds}${offset}`.toUpperCase(),
    );
    if (second !== "60") return read;
    return leapSecond.test(read.toISOString()) ? new Date(read.getTime() + 1000) : null;
  } catch {
    return null;
  }
}
