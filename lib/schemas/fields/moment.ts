import { z } from "zod";
import { readMoment } from "@/lib/core/read-moment";

const example = "2026-11-29T12:00:00Z";
/** The last day that `Date` and PostgreSQL both write with a four-digit year. */
const latest = Date.UTC(9999, 11, 31);
/** `+01:00` in a URL whose + was decoded as a space. */
const plusAsSpace = /T[\d:.]+ \d\d:\d\d$/i;

/** The schema of every time in the API. `fault` returns why a time is invalid, or undefined. */
function moment(fault: (text: string, time: Date | null) => string | undefined) {
  return z
    .string()
    .max(64)
    .transform((text, context) => {
      const time = readMoment(text);
      const message = fault(text, time);
      if (message === undefined && time !== null) return time;
      context.addIssue({ code: "custom", message: message ?? notATime });
      return z.NEVER;
    });
}

const notATime = `This is not a time such as ${example}`;

/** The time when something ends. */
export const futureMoment = moment((_, time) =>
  time === null || time.getTime() <= latest
    ? undefined
    : "This is too far in the future; choose never instead",
);

/** The start or end of a time range, as a query parameter. */
export const momentQuery = moment((text, time) => {
  if (time === null) return plusAsSpace.test(text) ? "Write the + of a time in an address as %2B" : undefined;
  const isRecorded = time.getTime() >= 0 && time.getTime() <= latest;
  return isRecorded ? undefined : "Nothing was recorded at this time";
}).meta({ type: "string", format: "date-time" });
