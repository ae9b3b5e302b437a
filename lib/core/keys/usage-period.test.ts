import fc from "fast-check";
import { expect, test } from "vitest";
import { goodAndRefused, periodStart, periodStarts, usagePeriodLengths } from "./usage-period";

const start = Date.UTC(2026, 0, 1);
const moment = fc.nat(40 * 86_400_000).map((offset) => new Date(start + offset));

test("[L12] periods are whole, contiguous, and cover exactly the requested time", () => {
  fc.assert(
    fc.property(moment, moment, fc.constantFrom(...usagePeriodLengths), (from, to, length) => {
      const starts = periodStarts(from, to, length);
      if (to <= from) {
        expect(starts).toEqual([]);
        return;
      }
      const ms = length === "hour" ? 3_600_000 : 86_400_000;
      expect(starts[0]).toEqual(periodStart(from, length));
      expect(starts.at(-1)).toEqual(periodStart(new Date(to.getTime() - 1), length));
      for (const [index, at] of starts.entries()) {
        expect(at.getTime() % ms).toBe(0);
        expect(at.getTime()).toBe((starts[0]?.getTime() ?? 0) + index * ms);
      }
    }),
  );
});

test("anything but VALID was refused", () => {
  expect(goodAndRefused({ calls: {} })).toEqual({ good: 0, refused: 0 });
  expect(goodAndRefused({ calls: { VALID: 3, EXPIRED: 2, RATE_LIMITED: 5 } })).toEqual({
    good: 3,
    refused: 7,
  });
});
