import fc from "fast-check";
import { expect, test } from "vitest";
import { WaitingBudget } from "./waiting-budget";

test("[L1] others wait once for an expired lease; then the client gets none until it has behaved for a while", () => {
  const budget = new WaitingBudget();
  expect(budget.allowsLease("one", 0)).toBe(true);
  budget.take("one", 1900, 2000);
  expect(budget.allowsLease("one", 2000)).toBe(false);
  expect(budget.allowsLease("other", 2000)).toBe(true);
  expect(budget.allowsLease("one", 20_000)).toBe(false);
  expect(budget.allowsLease("one", 60_000)).toBe(true);
  budget.take("one", 1900, 62_000);
  expect(budget.allowsLease("one", 63_000)).toBe(false);
});

test("[L1] normal network delays cost nothing, however often", () => {
  const budget = new WaitingBudget();
  for (let now = 0; now < 10_000; now += 10) budget.take("one", 99, now);
  expect(budget.allowsLease("one", 10_000)).toBe(true);
});

test("[L1] whenever a client misbehaves, others wait for it at most a fortieth of the time", () => {
  const seconds = 1000;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 200 }), (pauses) => {
      const budget = new WaitingBudget();
      let now = 0;
      let waited = 0;
      for (const pause of pauses) {
        now += pause;
        if (!budget.allowsLease("one", now)) continue;
        now += 2000;
        waited += 2000;
        budget.take("one", 2000, now);
      }
      expect(waited).toBeLessThanOrEqual(4000 + now / 40 + seconds);
    }),
  );
});
