import { expect, test } from "vitest";
import { shareOf } from "./share-of";

test.each([
  [0, 10, "none"],
  [0, 0, "none"],
  [1, 1_000_000, "under 0.01%"],
  [18, 10_000, "0.18%"],
  [1, 3, "33%"],
  [10, 10, "100%"],
])("%d of %d is %s", (part, all, text) => {
  expect(shareOf(part, all)).toBe(text);
});
