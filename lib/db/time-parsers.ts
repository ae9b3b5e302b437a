import { readDay, readTime } from "@/lib/core/read-time";

/**
 * Parsers for PostgreSQL's time types by type number. The drivers' own parsers return null or an invalid Date for text
 * that they cannot read.
 */
export const timeParsers: Readonly<Record<number, (text: string) => Date>> = {
  /** timestamptz in DateStyle ISO: `2026-11-29 00:44:00.123+00`. */
  1184: (text) => readTime(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00")),
  /** date */
  1082: readDay,
  /** timestamp: no column has this type, and it would be read in this machine's time zone. */
  1114: (text) => {
    throw new RangeError(`A time without a zone: ${text}`);
  },
};
