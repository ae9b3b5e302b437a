import { readTime } from "./read-time";

/** RFC 3339, 5.6, in which T and Z may be small; seconds may be left out. */
const form =
  /^(?<minute>\d{4}-\d\d-\d\dt(?:[01]\d|2[0-3]):[0-5]\d)(?::(?<second>[0-5]\d|60)(?<fraction>\.\d+)?)?(?<offset>z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
/** The only seconds that can be the 61st of their minute. */
const leapSecond = /T23:59:59\.\d+Z$/;

/**
 * A time that a person or a program wrote. A leap second is the second after it, as in the clocks of computers.
 *
 * @returns null for what is no time of the calendar with an offset
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
