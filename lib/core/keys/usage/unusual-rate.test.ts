import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unusualRate } from "./unusual-rate";

/** 20 minutes into an hour. */
const now = new Date("2026-12-01T14:20:00Z");
const week = (usual: number, ...recent: number[]) => [
  ...Array.from({ length: 168 - recent.length }, () => usual),
  ...recent,
];

describe("[L2] a key's rate", () => {
  test.each([
    ["as usual", week(100)],
    ["of fewer than 10 calls", week(1, 5, 4)],
    ["below twice the usual one", week(100, 150, 90)],
    ["without any call", week(0)],
    ["of a key whose first call was yesterday", [...week(0).slice(30), ...Array(28).fill(1), 500, 500]],
  ])("%s is not unusual", (_, calls) => {
    expect(unusualRate(calls, now)).toBeNull();
  });

  test("is measured against the average hour before the last 24", () => {
    // 240 calls in 20 minutes, and two thirds of the previous hour's 300.
    expect(unusualRate(week(100, 250, 300, 240), now)).toEqual({
      times: 4.4,
      since: new Date("2026-12-01T12:00:00Z"),
    });
    // A rise within the last 24 hours does not count as usual yet.
    expect(unusualRate(week(100, ...Array(24).fill(400)), now)?.since).toEqual(
      new Date("2026-11-30T15:00:00Z"),
    );
  });

  test("of a key that is idle at night is not unusual every day", () => {
    const day = [...Array<number>(14).fill(0), ...Array<number>(10).fill(200)];
    const calls = Array.from({ length: 7 }, () => day).flat();
    expect(unusualRate([...calls.slice(0, -1), 66], now)).toBeNull();
    expect(unusualRate([...calls.slice(0, -1), 1000], now)?.times).toBeCloseTo(12.3, 1);
  });

  test("is unusual only if it is at least twice the usual one and began within the week", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 168 }), (calls) => {
        const found = unusualRate(calls, now);
        if (found === null) return;
        expect(found.times).toBeGreaterThanOrEqual(2);
        expect(found.since.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(now.getTime() - found.since.getTime()).toBeLessThan(168 * 3_600_000);
      }),
    );
  });
});
