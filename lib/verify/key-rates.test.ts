import { expect, test } from "vitest";
import { KeyRates } from "./key-rates";

const start = 1_000_000;
const limit = { requests: 3, seconds: 60 };

test("[L12] of a key's own limit so many requests pass at once, and then one each time one has come back", () => {
  const rates = new KeyRates();
  const allowed = Array.from({ length: 5 }, () => rates.take("a", limit, start).allowed);
  expect(allowed).toEqual([true, true, true, false, false]);
  expect(rates.take("a", limit, start + 19_000)).toMatchObject({ allowed: false, retryAfterSeconds: 1 });
  expect(rates.take("a", limit, start + 20_000)).toMatchObject({ allowed: true, remaining: 0 });
  expect(rates.take("b", limit, start)).toMatchObject({ allowed: true, remaining: 2 });
});

test("[L12] a limit that was changed begins anew, whether it was longer or shorter", () => {
  const rates = new KeyRates();
  const daily = { requests: 1, seconds: 86_400 };
  expect([rates.take("a", daily, start), rates.take("a", daily, start)]).toMatchObject([
    { allowed: true },
    { allowed: false, retryAfterSeconds: 86_400 },
  ]);
  // Or the day would be kept under a limit of which nothing was taken.
  expect(rates.take("a", limit, start)).toMatchObject({ allowed: true, remaining: 2 });
  expect(rates.take("a", daily, start)).toMatchObject({ allowed: true, remaining: 0 });
});
