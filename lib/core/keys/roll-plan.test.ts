import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyTimes } from "./key-status";
import { keyStanding } from "./key-status";
import { defaultGraceSeconds, graceChoices, maximumGraceSeconds, planRoll } from "./roll-plan";

const now = new Date("2026-05-04T12:00:00.000Z");
const hour = 3_600_000;
const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const never: KeyTimes = {
  ...{ maximumLifetimeDays: null, createdAt: at(-24 * hour), expiresAt: null },
  ...{ pausedAt: null, revokedAt: null, deletedAt: null },
};

describe("planRoll", () => {
  test.each<[string, Partial<KeyTimes & { graceEndsAt: Date }>, number, ReturnType<typeof planRoll>]>([
    ["[J7] by default 12 hours", {}, defaultGraceSeconds, { ok: true, oldSecretEndsAt: at(12 * hour) }],
    ["no grace ends it now", {}, 0, { ok: true, oldSecretEndsAt: now }],
    ["the longest is 7 days", {}, maximumGraceSeconds, { ok: true, oldSecretEndsAt: at(168 * hour) }],
    [
      "[J7, L3] a key that expires in an hour gives the old secret one hour at most",
      { expiresAt: at(hour) },
      defaultGraceSeconds,
      { ok: true, oldSecretEndsAt: at(hour) },
    ],
    [
      "[L15] so does a key that reaches the maximum lifetime in an hour",
      { maximumLifetimeDays: 2, createdAt: at(-47 * hour), expiresAt: at(99 * hour) },
      defaultGraceSeconds,
      { ok: true, oldSecretEndsAt: at(hour) },
    ],
    [
      "an expiry beyond the grace changes nothing",
      { expiresAt: at(13 * hour) },
      43_200,
      { ok: true, oldSecretEndsAt: at(12 * hour) },
    ],
    [
      "[P5] a key that expires now cannot be rolled",
      { expiresAt: now },
      0,
      { ok: false, because: "expired" },
    ],
    ["a revoked key cannot be rolled", { revokedAt: at(-1) }, 0, { ok: false, because: "revoked" }],
    [
      "a deleted key cannot be rolled",
      { revokedAt: at(-2), deletedAt: at(-1) },
      0,
      { ok: false, because: "deleted" },
    ],
    ["a rolling key can", { graceEndsAt: at(hour) }, 3600, { ok: true, oldSecretEndsAt: at(hour) }],
  ])("%s", (_, facts, graceSeconds, plan) => {
    expect(planRoll({ ...never, ...facts }, graceSeconds, now)).toEqual(plan);
  });

  const moment = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -1e10, max: 1e10 })).map(at);
  const maybe = fc.option(moment, { nil: null });
  const times = fc.record({
    maximumLifetimeDays: fc.option(fc.integer({ min: 1, max: 3650 }), { nil: null }),
    createdAt: moment,
    expiresAt: maybe,
    pausedAt: maybe,
    revokedAt: maybe,
    deletedAt: maybe,
    graceEndsAt: maybe,
  });

  test("[J7, L3, L15] the old secret ends at min(now + grace, expiry, maximum lifetime): never later than either, never before now", () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: maximumGraceSeconds }), (key, graceSeconds) => {
        const plan = planRoll(key, graceSeconds, now);
        expect(plan.ok).toBe(["live", "paused"].includes(keyStanding(key, now)));
        if (!plan.ok) return;
        const bounds = [
          now.getTime() + graceSeconds * 1000,
          key.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
          key.createdAt.getTime() + (key.maximumLifetimeDays ?? Number.POSITIVE_INFINITY) * 24 * hour,
        ];
        expect(plan.oldSecretEndsAt.getTime()).toBe(Math.min(...bounds));
        expect(plan.oldSecretEndsAt.getTime()).toBeGreaterThanOrEqual(now.getTime());
      }),
    );
  });
});

test("[J7] the dialog's choices: now, 1 hour, 12 hours, 24 hours, 7 days; 12 hours by default", () => {
  expect(graceChoices.map((choice) => choice.seconds)).toEqual([0, 3_600, 43_200, 86_400, 604_800]);
  expect(defaultGraceSeconds).toBe(43_200);
});
