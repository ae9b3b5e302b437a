import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasCome, readDay, readTime, readTimeOrNull } from "./read-time";

const times = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });

describe("a time that was stored", () => {
  test("is read as written, with any offset and up to microseconds", () => {
    fc.assert(
      fc.property(times, (time) => {
        expect(readTime(time.toISOString())).toEqual(time);
        expect(readTime(time.getTime())).toEqual(time);
        expect(readTime(time)).toEqual(time);
      }),
    );
    expect(readTime("2026-11-29T06:29:00.123456+05:45")).toEqual(new Date("2026-11-29T00:44:00.123Z"));
  });

  test.each([
    ["SQL, DMY", "29/11/2026 00:44:00 UTC"],
    ["German", "29.11.2026 00:44:00 UTC"],
    ["Postgres", "Sun 29 Nov 00:44:00 2026 UTC"],
    ["no zone", "2026-11-29T00:44:00"],
    ["no day of the calendar", "2026-02-30T00:00:00Z"],
    ["before Christ", "0001-01-01T00:00:00+00:00 BC"],
    ["infinity", "infinity"],
    ["nothing", ""],
    ["NaN", Number.NaN],
    ["too far", 8.65e15],
    ["an invalid Date", new Date(Number.NaN)],
    ["undefined", undefined],
    ["null, where there must be a time", null],
  ])("in a form that cannot be read is an error, and never null: %s", (_, value) => {
    expect(() => readTime(value)).toThrow(RangeError);
  });

  test("of any text gives a valid Date or an error", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        try {
          expect(Number.isNaN(readTime(value).getTime())).toBe(false);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
    expect(readTimeOrNull(null)).toBeNull();
    expect(() => readTimeOrNull(undefined)).toThrow(RangeError);
    expect(readDay("2026-11-29")).toEqual(new Date("2026-11-29T00:00:00Z"));
    expect(() => readDay("29.11.2026")).toThrow(RangeError);
  });

  test("that is invalid cannot be compared, so that no key outlives its end", () => {
    const invalid = new Date(Number.NaN);
    expect(() => hasCome(invalid, new Date())).toThrow(RangeError);
    expect(() => hasCome(new Date(), invalid)).toThrow(RangeError);
    expect(hasCome(new Date(5), new Date(5))).toBe(true);
    expect(hasCome(new Date(6), new Date(5))).toBe(false);
  });
});
