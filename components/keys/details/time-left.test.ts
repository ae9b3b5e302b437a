import { expect, test } from "vitest";
import { timeLeftText } from "./time-left";

const minute = 60_000;
const hour = 60 * minute;

test.each([
  [29_999, "Less than a minute left"],
  [minute, "1 min left"],
  [59 * minute + 40_000, "1 h left"],
  [9 * hour + 12 * minute, "9 h 12 min left"],
  [24 * hour, "1 d left"],
  [7 * 24 * hour - hour, "6 d 23 h left"],
])("%i ms is %s", (ms, text) => {
  expect(timeLeftText(ms)).toBe(text);
});
