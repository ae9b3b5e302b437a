import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyStatus, KeyTimes } from "./key-status";
import { hasEnded, keyStanding, keyStatus, liveGraceEnd } from "./key-status";

const now = new Date("2026-05-04T12:00:00.000Z");
const dayMs = 86_400_000;
const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const never = {
  ...{ maximumLifetimeDays: null as number | null, createdAt: at(-40 * dayMs), expiresAt: null },
  ...{ pausedAt: null, revokedAt: null, deletedAt: null, graceEndsAt: null },
};

/** Times around the tested moment, where mistakes happen, and far from it. */
const moment = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -1e12, max: 1e12 })).map(at);
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

function hasReachedMaximum({
  maximumLifetimeDays,
  createdAt,
}: Pick<KeyTimes, "maximumLifetimeDays" | "createdAt">) {
  return maximumLifetimeDays !== null && now.getTime() - createdAt.getTime() >= maximumLifetimeDays * dayMs;
}

/** A key that reached a maximum of 30 days this long ago, in milliseconds. */
const aged = (agoMs: number) => ({ maximumLifetimeDays: 30, createdAt: at(-30 * dayMs - agoMs) });

describe("keyStatus", () => {
  test.each<[string, Partial<KeyTimes & { graceEndsAt: Date }>, KeyStatus]>([
    ["nothing happened", {}, "active"],
    ["expires one millisecond later", { expiresAt: at(1) }, "active"],
    ["[P5] expires at this very moment", { expiresAt: at(0) }, "expired"],
    ["[P5] expired one millisecond ago", { expiresAt: at(-1) }, "expired"],
    ["grace ends one millisecond later", { graceEndsAt: at(1) }, "rolling"],
    ["[J7] grace ends at this very moment", { graceEndsAt: at(0) }, "active"],
    ["grace ended one millisecond ago", { graceEndsAt: at(-1) }, "active"],
    ["revoked now", { revokedAt: at(0) }, "revoked"],
    ["deleted now", { revokedAt: at(0), deletedAt: at(0) }, "deleted"],
    ["rolling, expires later", { graceEndsAt: at(5), expiresAt: at(9) }, "rolling"],
    ["expired beats rolling", { graceEndsAt: at(5), expiresAt: at(0) }, "expired"],
    ["[P6] revoked beats expired", { revokedAt: at(-9), expiresAt: at(-1) }, "revoked"],
    ["[P6] revoked beats expired before it", { revokedAt: at(-1), expiresAt: at(-9) }, "revoked"],
    ["revoked beats rolling", { revokedAt: at(-1), graceEndsAt: at(5) }, "revoked"],
    ["[L15] reaches the maximum lifetime one millisecond later", aged(-1), "active"],
    ["[L15] reaches the maximum lifetime at this very moment", aged(0), "expired"],
    ["[L15] expires before the maximum lifetime", { ...aged(-dayMs), expiresAt: at(0) }, "expired"],
    ["[L15] reaches the maximum lifetime before its expiry", { ...aged(1), expiresAt: at(1) }, "expired"],
    ["[L15] its maximum lifetime beats its grace", { ...aged(0), graceEndsAt: at(5) }, "expired"],
    ["[L15] its maximum lifetime beats its pause", { ...aged(0), pausedAt: at(-5) }, "expired"],
    ["[L14] paused", { pausedAt: at(-1) }, "paused"],
    ["[L14] paused now", { pausedAt: at(0) }, "paused"],
    ["[L14] paused beats rolling", { pausedAt: at(-1), graceEndsAt: at(5) }, "paused"],
    ["[L14] expired beats paused", { pausedAt: at(-1), expiresAt: at(0) }, "expired"],
    ["[L14] revoked beats paused", { pausedAt: at(-1), revokedAt: at(0) }, "revoked"],
    [
      "deleted beats all",
      { pausedAt: at(-9), revokedAt: at(-9), deletedAt: at(-9), expiresAt: at(-9), graceEndsAt: at(9) },
      "deleted",
    ],
  ])("%s", (_, facts, status) => {
    const key = { ...never, ...facts };
    expect(keyStatus(key, key.graceEndsAt, now)).toBe(status);
  });

  test("is what the precedence deleted, revoked, expired, paused, rolling, active gives", () => {
    fc.assert(
      fc.property(times, (key) => {
        const candidates: [boolean, KeyStatus][] = [
          [key.deletedAt !== null, "deleted"],
          [key.revokedAt !== null, "revoked"],
          [key.expiresAt !== null && key.expiresAt.getTime() <= now.getTime(), "expired"],
          [hasReachedMaximum(key), "expired"],
          [key.pausedAt !== null, "paused"],
          [key.graceEndsAt !== null && key.graceEndsAt.getTime() > now.getTime(), "rolling"],
          [true, "active"],
        ];
        expect(keyStatus(key, key.graceEndsAt, now)).toBe(candidates.find(([holds]) => holds)?.[1]);
      }),
    );
  });

  test("[P5, P6] time alone never brings a dead key back", () => {
    fc.assert(
      fc.property(times, fc.nat(1e9), (key, later) => {
        if (keyStanding(key, now) !== "live") expect(keyStanding(key, at(later))).not.toBe("live");
      }),
    );
  });
});

test("[L14] a key works exactly when its status is active or rolling, and may again when it is paused", () => {
  fc.assert(
    fc.property(times, (key) => {
      const standing = keyStanding(key, now);
      const status = keyStatus(key, key.graceEndsAt, now);
      expect(standing === "live").toBe(status === "active" || status === "rolling");
      expect(hasEnded(status)).toBe(standing !== "live" && standing !== "paused");
    }),
  );
});

test("[L14] a key works exactly when it is not paused and would work without a pause", () => {
  fc.assert(
    fc.property(times, (key) => {
      const resumed = keyStanding({ ...key, pausedAt: null }, now);
      const lives = keyStanding(key, now) === "live";
      expect(lives).toBe(resumed === "live" && key.pausedAt === null);
    }),
  );
});

test("an unknown status is refused", () => {
  expect(() => hasEnded("frozen" as KeyStatus)).toThrow("Unknown state");
});

test("[S3] active, rolling and paused have not ended, everything else has", () => {
  const statuses = ["active", "rolling", "paused", "expired", "revoked", "deleted"] as const;
  expect(statuses.filter((status) => !hasEnded(status))).toEqual(["active", "rolling", "paused"]);
});

test("[J7, L14] a grace goes on while the key is paused, and is over when the key has ended", () => {
  expect(liveGraceEnd("paused", at(1), now)).toEqual(at(1));
  expect(liveGraceEnd("paused", at(0), now)).toBeNull();
  expect(liveGraceEnd("rolling", at(1), now)).toEqual(at(1));
  expect(liveGraceEnd("revoked", at(1), now)).toBeNull();
});
