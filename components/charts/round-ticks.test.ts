import { expect, test } from "vitest";
import { roundTicks, shortCount } from "./round-ticks";

test.each([
  [0, [0]],
  [1, [0, 1]],
  [2, [0, 1, 2]],
  [3, [0, 1, 2, 3]],
  [4, [0, 2, 4]],
  [7, [0, 5]],
  [10, [0, 5, 10]],
  [2_340, [0, 1_000, 2_000]],
  [3_001, [0, 2_000]],
  [160_000, [0, 100_000]],
])("%i has the ticks %j", (most, ticks) => {
  expect(roundTicks(most)).toEqual(ticks);
});

test("an axis has at most four ticks, all whole and none above the highest count", () => {
  for (let most = 1; most < 5_000; most += 7) {
    const ticks = roundTicks(most);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThan(5);
    expect(ticks.every((tick) => Number.isInteger(tick) && tick <= most)).toBe(true);
  }
});

test.each([
  [0, "0"],
  [950, "950"],
  [1_000, "1k"],
  [1_234, "1.2k"],
  [40_000, "40k"],
  [123_456, "123k"],
  [999_960, "1M"],
  [2_100_000, "2.1M"],
  [3e9, "3B"],
])("%i is written %s", (count, text) => {
  expect(shortCount(count)).toBe(text);
});
