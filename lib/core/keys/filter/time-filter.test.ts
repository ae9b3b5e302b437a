import { expect, test } from "vitest";
import type { TimeKind } from "./time-filter";
import { readTimeFilter, timeRange } from "./time-filter";

const now = new Date("2026-06-01T12:00:00Z");
const at = (text: string) => new Date(text);

test.each<[TimeKind, string, object]>([
  ["used", "<7d", { never: false, from: at("2026-05-25T12:00:00Z"), to: null }],
  ["used", ">90d", { never: false, from: null, to: at("2026-03-03T12:00:00Z") }],
  ["created", ">1w", { never: false, from: null, to: at("2026-05-25T12:00:00Z") }],
  ["created", "<12h", { never: false, from: at("2026-06-01T00:00:00Z"), to: null }],
  ["expires", "<30d", { never: false, from: null, to: at("2026-07-01T12:00:00Z") }],
  ["expires", ">1m", { never: false, from: at("2026-07-01T12:00:00Z"), to: null }],
  ["expires", "never", { never: true }],
  ["created", "2026-01-31", { never: false, from: at("2026-01-31"), to: at("2026-02-01") }],
  ["created", ">2026-01-31", { never: false, from: at("2026-02-01"), to: null }],
  ["expires", "<2026-01-31", { never: false, from: null, to: at("2026-01-31") }],
  ["used", ">100Y", { never: false, from: null, to: new Date(now.getTime() - 36_500 * 86_400_000) }],
])("[L13] %s:%s", (kind, text, range) => {
  expect(timeRange(kind, readTimeFilter(kind, text) ?? "", now)).toEqual(range);
});

test.each(["", "soon", "30d", "<0d", "<30", ">=1d", "< 3d", "<2026-13-01", "1969-12-31", ">101y", "<30d<"])(
  "refuses the time %j",
  (text) => {
    for (const kind of ["created", "used", "expires"] as const) expect(readTimeFilter(kind, text)).toBeNull();
  },
);

test("a filter that was never read is an error", () => {
  expect(() => timeRange("used", "soon", now)).toThrow(RangeError);
});
