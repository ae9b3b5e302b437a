import { expect, test } from "vitest";
import { formatsFor } from "@/lib/formats/formats";
import { zonedText } from "./zoned-text";

const moment = new Date("2026-09-01T13:05:09Z");
const date = { day: "numeric", month: "short", year: "numeric" } as const;
const all = {
  weekday: "short",
  ...date,
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
} as const;

test.each([
  ["en-GB", "Europe/Berlin", "1 Sep 2026", "Tue 1 Sep 2026, 15:05:09 CEST"],
  ["en-US", "America/New_York", "Sep 1, 2026", "Tue, Sep 1, 2026, 9:05:09 AM EDT"],
  ["en-US", "UTC", "Sep 1, 2026", "Tue, Sep 1, 2026, 1:05:09 PM UTC"],
  ["de-DE", "UTC", "1 Sep 2026", "Tue 1 Sep 2026, 13:05:09 UTC"],
  ["ja-JP", "Asia/Tokyo", "2026 Sep 1", "Tue 2026 Sep 1, 22:05:09 GMT+9"],
])("in %s at %s: %s", (locale, zone, day, text) => {
  expect(zonedText(moment, zone, date, formatsFor(locale))).toBe(day);
  expect(zonedText(moment, zone, all, formatsFor(locale))).toBe(text);
});

test("midnight is 00:00 or 12:00 AM", () => {
  const midnight = new Date("2026-09-01T00:00:00Z");
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  expect(zonedText(midnight, "UTC", time, formatsFor("en-GB"))).toBe("00:00");
  expect(zonedText(midnight, "UTC", time, formatsFor("en-US"))).toBe("12:00 AM");
});
