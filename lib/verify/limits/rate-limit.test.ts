import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RateLimit, rateLimitHeader, rateLimitPolicyHeader } from "./rate-limit";

const policy = { name: "test", quota: 10, windowSeconds: 60 };
const start = 1_000_000;

describe("a rate limit", () => {
  test("allows its quota at once, and then one request each time one is refilled", () => {
    const limit = new RateLimit(policy);
    for (let count = 9; count >= 0; count--) {
      expect(limit.take("a", start)).toMatchObject({ allowed: true, remaining: count });
    }
    const refused = { allowed: false, remaining: 0, resetSeconds: 60, retryAfterSeconds: 6 };
    expect(limit.take("a", start)).toEqual(refused);
    expect(limit.take("a", start + 5_900)).toMatchObject({ allowed: false, retryAfterSeconds: 1 });
    expect(limit.take("a", start + 6_000)).toMatchObject({ allowed: true, remaining: 0 });
    expect(limit.take("a", start + 6_000)).toMatchObject({ allowed: false });
  });

  test("counts nothing when it refuses, so retrying costs nothing", () => {
    const limit = new RateLimit(policy);
    for (let count = 0; count < 1000; count++) limit.take("a", start);
    expect(limit.take("a", start + 6_000).allowed).toBe(true);
  });

  test("is separate for each subject", () => {
    const limit = new RateLimit(policy);
    for (let count = 0; count < 11; count++) limit.take("a", start);
    expect(limit.take("b", start).remaining).toBe(9);
  });

  test("can be read without counting", () => {
    const limit = new RateLimit(policy);
    expect([limit.isUsed, limit.look("a", start), limit.knows("a", start)]).toEqual([false, null, false]);
    limit.take("a", start, 10);
    for (let count = 0; count < 3; count++) {
      expect(limit.look("a", start)).toMatchObject({ allowed: false, retryAfterSeconds: 6 });
    }
    expect(limit.look("a", start + 6_000)).toMatchObject({ allowed: true, remaining: 1 });
    expect([limit.isUsed, limit.knows("a", start + 60_000)]).toEqual([true, true]);
    expect([limit.look("a", start + 60_000), limit.knows("a", start + 120_000)]).toEqual([null, false]);
  });

  test("allows at most twice its quota in any window, and the reported values hold", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (pauses) => {
        const limit = new RateLimit(policy);
        let now = start;
        const passed: number[] = [];
        for (const pause of pauses) {
          now += pause;
          const state = limit.take("a", now);
          if (!state.allowed) {
            now += state.retryAfterSeconds * 1000;
            expect(limit.take("a", now).allowed).toBe(true);
          }
          passed.push(now);
        }
        for (const [index, at] of passed.entries()) {
          // A full quota at once, and the refill in between.
          expect((passed[index + 20] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(59_000);
        }
      }),
    );
  });

  test("allocates memory on use, not for its maximum", () => {
    const before = process.memoryUsage();
    const limits = Array.from({ length: 8 }, () => new RateLimit(policy));
    const after = process.memoryUsage();
    const taken = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
    expect([limits.length, taken < 8_000_000]).toEqual([8, true]);
  });

  test("remembers a bounded number of subjects", () => {
    const limit = new RateLimit(policy);
    limit.take("first", start, 10);
    for (let count = 0; count < 100_000; count++) limit.take(`subject ${count}`, start);
    expect(limit.knows("first", start)).toBe(false);
    expect(limit.knows("subject 99999", start)).toBe(true);
  });
});

test("the headers are structured fields, as the draft has them", () => {
  const state = new RateLimit(policy).take("a", start);
  expect(rateLimitHeader(policy, state)).toBe('"test";r=9;t=6');
  expect(rateLimitPolicyHeader(policy)).toBe('"test";q=10;w=60');
});
