import { expect, test } from "vitest";
import { periodOf, totalsOf, usageSeries } from "./usage-series";

const hour = (text: string, calls = {}) => ({ start: new Date(`2026-11-29T${text}:00:00Z`), calls });

test("one period of the series for each period, in order", () => {
  const series = usageSeries([hour("01", { VALID: 3, REVOKED: 1 }), hour("02")], 1);
  expect(series).toEqual({
    start: new Date("2026-11-29T01:00:00Z"),
    hoursEach: 1,
    accepted: [3, 0],
    refused: [1, 0],
  });
});

test("several hours are merged into one period, which starts at a multiple of its length", () => {
  const hours = ["04", "05", "06", "11", "12"].map((text) => hour(text, { VALID: 1, RATE_LIMITED: 2 }));
  const series = usageSeries(hours, 1, 6);
  expect(series.start).toEqual(new Date("2026-11-29T00:00:00Z"));
  expect(series.accepted).toEqual([2, 2, 1]);
  expect(series.refused).toEqual([4, 4, 2]);
  expect(periodOf(series, 1)).toEqual({
    from: new Date("2026-11-29T06:00:00Z"),
    to: new Date("2026-11-29T12:00:00Z"),
  });
  expect(totalsOf(series)).toEqual({ accepted: 5, refused: 10 });
});

test("a series without hours is an error", () => {
  expect(() => usageSeries([], 1)).toThrow("at least one");
});
