import { expect, test } from "vitest";
import { endsEarlier, isCutDue, keptSince } from "./audit-retention";

const now = new Date("2026-11-30T12:00:00.000Z");

test("[L7] entries are kept for whole days, and cut once one is a day too old", () => {
  expect(keptSince(30, now).toISOString()).toBe("2026-10-31T12:00:00.000Z");
  const cases: [string, boolean][] = [
    ["2026-10-31T12:00:00.000Z", false],
    ["2026-10-30T12:00:00.000Z", false],
    ["2026-10-30T11:59:59.999Z", true],
    ["2026-11-30T12:00:00.000Z", false],
  ];
  for (const [oldest, due] of cases) expect(isCutDue(new Date(oldest), 30, now), oldest).toBe(due);
});

test("[L7] a change ends entries earlier when it sets a first or a shorter limit", () => {
  const cases: [number | null, number | null, boolean][] = [
    [null, null, false],
    [null, 30, true],
    [90, 30, true],
    [30, 90, false],
    [30, 30, false],
    [30, null, false],
  ];
  for (const [before, after, earlier] of cases) expect(endsEarlier(before, after)).toBe(earlier);
});
