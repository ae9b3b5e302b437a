import { expect, test } from "vitest";
import { KeyRates } from "./key-rates";

const start = 1_000_000;
const limit = { requests: 3, seconds: 60 };

test("[L12] a key's full quota passes at once, and then one request each time one is refilled", () => {
  const rates = new KeyRates();
  const allowed = Array.from({ length: 5 }, () => rates.take("a", limit, start).allowed);
  expect(allowed).toEqual([true, true, true, false, false]);
  expect(rates.take("a", limit, start + 19_000)).toMatchObject({ allowed: false, retryAfterSeconds: 1 });
  expect(rates.take("a", limit, start + 20_000)).toMatchObject({ allowed: true, remaining: 0 });
  expect(rates.take("b", limit, start)).toMatchObject({ allowed: true, remaining: 2 });
});

test("[L12] a limit with a changed period starts afresh, longer or shorter", () => {
  const rates = new KeyRates();
  const daily = { requests: 1, seconds: 86_400 };
  expect([rates.take("a", daily, start), rates.take("a", daily, start)]).toMatchObject([
    { allowed: true },
    { allowed: false, retryAfterSeconds: 86_400 },
  ]);
  // Otherwise the day's count would be stored for a limit that was never used.
  expect(rates.take("a", limit, start)).toMatchObject({ allowed: true, remaining: 2 });
  expect(rates.take("a", daily, start)).toMatchObject({ allowed: true, remaining: 0 });
});

test("[L12] a raised or lowered limit continues from the counts of its period", () => {
  const rates = new KeyRates();
  const of = (requests: number) => ({ requests, seconds: 86_400 });
  for (let count = 0; count < 100; count++) rates.take("a", of(100), start);
  expect(rates.take("a", of(100), start).allowed).toBe(false);
  expect(rates.take("a", of(150), start)).toMatchObject({ allowed: true, remaining: 49 });
  expect(rates.take("a", of(200), start)).toMatchObject({ allowed: true, remaining: 98 });
  // Uses above the new quota count as the whole quota, so the wait is at most one period.
  expect(rates.take("a", of(10), start)).toMatchObject({ allowed: false, resetSeconds: 86_400 });
  expect(rates.take("a", of(10), start + 8_640_000)).toMatchObject({ allowed: true, remaining: 0 });
});

test("[L12] counts of a long period are reported once, to be stored, and of a short one never", () => {
  const rates = new KeyRates();
  const daily = { requests: 24, seconds: 86_400 };
  for (let count = 0; count < 3; count++) rates.take("a", daily, start);
  rates.take("b", { requests: 5, seconds: 1 }, start);
  const [taken, ...others] = rates.takeChanged(start + 3_600_000);
  expect([taken, others]).toEqual([{ keyId: "a", limit: daily, restoredInMs: 7_200_000 }, []]);
  expect(rates.takeChanged(start + 3_600_000)).toEqual([]);
  rates.keepChanged(taken === undefined ? [] : [taken]);
  expect(rates.takeChanged(start + 3_600_000)).toEqual([taken]);

  const restarted = new KeyRates();
  restarted.restore({ keyId: "a", limit: daily, restoredInMs: 7_200_000 }, start);
  expect(restarted.take("a", daily, start)).toMatchObject({ remaining: 21 });
  // The database's clock was set back by a year.
  restarted.restore({ keyId: "c", limit: daily, restoredInMs: 365 * 86_400_000 }, start);
  expect(restarted.take("c", daily, start)).toMatchObject({ allowed: false, resetSeconds: 86_400 });
});
