import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyStatus } from "./key-status";
import { isLive, keyStanding, keyStatus } from "./key-status";

const now = new Date("2026-05-04T12:00:00.000Z");
const at = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const never = { expiresAt: null, revokedAt: null, deletedAt: null, graceEndsAt: null };

/** Times around the tested moment, where mistakes happen, and far from it. */
const moment = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -1e12, max: 1e12 })).map(at);
const maybe = fc.option(moment, { nil: null });
const times = fc.record({ expiresAt: maybe, revokedAt: maybe, deletedAt: maybe, graceEndsAt: maybe });

describe("keyStatus", () => {
  test.each<[string, Partial<Record<keyof typeof never, Date>>, KeyStatus]>([
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
    [
      "deleted beats all",
      { revokedAt: at(-9), deletedAt: at(-9), expiresAt: at(-9), graceEndsAt: at(9) },
      "deleted",
    ],
  ])("%s", (_, facts, status) => {
    const key = { ...never, ...facts };
    expect(keyStatus(key, key.graceEndsAt, now)).toBe(status);
  });

  test("is what the precedence deleted, revoked, expired, rolling, active gives", () => {
    fc.assert(
      fc.property(times, (key) => {
        const candidates: [boolean, KeyStatus][] = [
          [key.deletedAt !== null, "deleted"],
          [key.revokedAt !== null, "revoked"],
          [key.expiresAt !== null && key.expiresAt.getTime() <= now.getTime(), "expired"],
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

test("a key works exactly when its status is active or rolling", () => {
  fc.assert(
    fc.property(times, (key) => {
      expect(isLive(keyStatus(key, key.graceEndsAt, now))).toBe(keyStanding(key, now) === "live");
    }),
  );
});

test("an unknown status is refused", () => {
  expect(() => isLive("paused" as KeyStatus)).toThrow("Unknown state");
});

test("[S3] live keys are exactly the active and rolling ones", () => {
  const live = (["active", "rolling", "expired", "revoked", "deleted"] as const).filter(isLive);
  expect(live).toEqual(["active", "rolling"]);
});
