import { expect, test } from "vitest";
import { axisText, inTheLast, periodText, startsOf } from "./period-text";

const from = new Date("2026-12-01T08:00:00Z");
const later = (hours: number) => new Date(from.getTime() + hours * 3_600_000);

test("an hour is named by its date and both ends, in the reader's zone", () => {
  expect(periodText(from, later(1), 1, "UTC")).toBe("Tue 1 Dec, 08:00 to 09:00");
  expect(periodText(from, later(1), 1, "Asia/Kolkata")).toBe("Tue 1 Dec, 13:30 to 14:30");
  expect(periodText(from, later(6), 6, "UTC")).toBe("Tue 1 Dec, 08:00 to 14:00");
});

test("a day is one of UTC, wherever the reader is", () => {
  const day = new Date("2026-12-01T00:00:00Z");
  expect(periodText(day, later(16), 24, "America/Los_Angeles")).toBe("Tue 1 Dec");
  expect(axisText(day, 24, "America/Los_Angeles")).toBe("1 Dec");
});

test("the axis shows the time of hours, and the date of longer periods", () => {
  expect(axisText(from, 1, "UTC")).toBe("08:00");
  expect(axisText(from, 6, "UTC")).toBe("1 Dec");
});

test("an axis of hours labels each day at its start, and leaves the end of the axis free", () => {
  const names = Array.from({ length: 168 }, (_, hour) => axisText(later(hour), 2, "UTC"));
  expect(startsOf(names)).toEqual([16, 40, 64, 88, 112, 136]);
  expect(startsOf(names.slice(0, 17)), "17 hours of two days").toEqual([]);
  expect(startsOf([])).toEqual([]);
});

test("spans are put in words", () => {
  expect([inTheLast("24h"), inTheLast("24 h"), inTheLast("7 d"), inTheLast("90d")]).toEqual([
    "in the last 24 hours",
    "in the last 24 hours",
    "in the last 7 days",
    "in the last 90 days",
  ]);
});
