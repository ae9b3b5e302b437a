import fc from "fast-check";
import { expect, test } from "vitest";
import { readMoment } from "./read-moment";

test("an RFC 3339 time is parsed, in upper or lower case, with any offset", () => {
  const times = fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true });
  fc.assert(
    fc.property(times, fc.integer({ min: -1439, max: 1439 }), fc.boolean(), (time, offset, isSmall) => {
      const local = new Date(time.getTime() + offset * 60_000).toISOString();
      if (local.length !== 24) return;
      const two = (number: number) => String(number).padStart(2, "0");
      const size = Math.abs(offset);
      const zone = `${offset < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      const [utc, other] = [time.toISOString(), local.replace("Z", zone)];
      expect(readMoment(isSmall ? utc.toLowerCase() : utc)).toEqual(time);
      expect(readMoment(isSmall ? other.toLowerCase() : other)).toEqual(time);
    }),
  );
});

test.each([
  ["2026-11-29T12:00Z", "2026-11-29T12:00:00.000Z"],
  ["2026-11-29t12:00:00.1234567z", "2026-11-29T12:00:00.123Z"],
  ["2026-11-29T12:00:00-00:00", "2026-11-29T12:00:00.000Z"],
  ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
  ["2017-01-01T05:44:60.5+05:45", "2017-01-01T00:00:00.500Z"],
])("%s is %s", (text, time) => {
  expect(readMoment(text)?.toISOString()).toBe(time);
});

test.each([
  "",
  "never",
  "2026-11-29",
  "2026-11-29T12:00:00",
  "2026-11-29 12:00:00Z",
  "2026-11-29T12:00:00 01:00",
  "2026-02-29T00:00:00Z",
  "2026-11-29T24:00:00Z",
  "2026-11-29T12:00:60Z",
  "2026-11-29T12:00:00.Z",
  "2026-11-29T12:00:00+24:00",
  "+02026-11-29T12:00:00Z",
  "2026-11-29T12:00:00Z\n",
])("%j is not a time", (text) => {
  expect(readMoment(text)).toBeNull();
});
