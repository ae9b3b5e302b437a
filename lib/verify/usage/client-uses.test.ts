import { expect, test } from "vitest";
import { reportedUses } from "./client-uses";

const take = (organization: string, calls: number, now: number) =>
  reportedUses.take(organization, now, calls).allowed;

test("no client may report more uses than one process can judge", () => {
  expect(take("only", 99_999_999, 0)).toBe(false);
  expect(take("only", 60_000_000, 0)).toBe(true);
  expect(take("only", 1, 0)).toBe(false);
  expect(take("only", 2_000_000, 1000)).toBe(true);
  expect(take("only", 1, 1000)).toBe(false);
  expect(take("only", 60_000_001, 1_000_000)).toBe(false);
});

test("the streams of one organization share an allowance, and do not use another's", () => {
  expect(take("one", 60_000_000, 0)).toBe(true);
  expect(take("other", 60_000_000, 0)).toBe(true);
  expect(take("third", 1, 0)).toBe(true);
  expect(take("one", 1, 0)).toBe(false);
  expect(take("one", 2_000_001, 1000)).toBe(false);
  expect(take("one", 2_000_000, 1000)).toBe(true);
});
