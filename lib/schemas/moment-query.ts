import { z } from "zod";

/** A moment from or up to which something recorded is asked for. */
export const momentQuery = z.iso
  .datetime({ offset: true })
  .refine((text) => {
    const time = Date.parse(text);
    return time >= 0 && time <= Date.UTC(9999, 11, 31);
  }, "This is no moment at which anything was recorded")
  .transform((text) => new Date(text))
  .meta({ type: "string", format: "date-time" });
