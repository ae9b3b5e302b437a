import { z } from "zod";
import { readMoment } from "@/lib/core/read-moment";

const example = "2026-11-29T12:00:00Z";
/** Far enough for every list, and what a Date and PostgreSQL both write with four digits. */
const latest = Date.UTC(9999, 11, 31);
/** What is left of `+01:00` in an address. */
const plusAsSpace = /T[\d:.]+ \d\d:\d\d$/i;

/** A time, as every input of the API has it: read by one function, and wrong for one reason. */
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

/** When something is to end. */
export const futureMoment = moment((_, time) =>
  time === null || time.getTime() <= latest ? undefined : "This is too far away; choose never instead",
);

/** A moment from or up to which something recorded is asked for, in an address. */
export const momentQuery = moment((text, time) => {
  if (time === null) return plusAsSpace.test(text) ? "Write the + of a time in an address as %2B" : undefined;
  const isRecorded = time.getTime() >= 0 && time.getTime() <= latest;
  return isRecorded ? undefined : "This is no moment at which anything was recorded";
}).meta({ type: "string", format: "date-time" });
