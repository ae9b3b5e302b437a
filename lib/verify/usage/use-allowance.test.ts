import { expect, test } from "vitest";
import { allowanceOf, UseAllowance } from "./use-allowance";

test("no client may report more uses than one process can judge", () => {
  const allowance = new UseAllowance(0);
  expect(allowance.take(99_999_999, 0)).toBe(false);
  expect(allowance.take(60_000_000, 0)).toBe(true);
  expect(allowance.take(1, 0)).toBe(false);
  expect(allowance.take(2_000_000, 1000)).toBe(true);
  expect(allowance.take(1, 1000)).toBe(false);
  expect(allowance.take(60_000_001, 1_000_000)).toBe(false);
});

test("the streams of one organization share an allowance, and do not use another's", () => {
  expect(allowanceOf("one", 0).take(60_000_000, 0)).toBe(true);
  expect(allowanceOf("other", 0).take(60_000_000, 0)).toBe(true);
  expect(allowanceOf("third", 0).take(1, 0)).toBe(true);
  expect(allowanceOf("one", 0).take(1, 0)).toBe(false);
  expect(allowanceOf("one", 1000).take(2_000_001, 1000)).toBe(false);
  expect(allowanceOf("one", 1000).take(2_000_000, 1000)).toBe(true);
});
