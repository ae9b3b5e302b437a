import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyLifetime } from "./effective-end";
import { effectiveEnd, expirySetBy, lastCreatedOfEnded, maximumFor } from "./effective-end";
import { keyStanding } from "./key-status";
import { maximumGraceSeconds, planRoll } from "./roll-plan";
import type { KeySnapshot } from "./verdict";
import { judgeCredential } from "./verdict";

const dayMs = 86_400_000;
const created = new Date("2026-05-04T12:00:00.000Z");
const day = (days: number) => new Date(created.getTime() + days * dayMs);
const key = (expiresAt: Date | null, maximumLifetimeDays: number | null): KeyLifetime => ({
  createdAt: created,
  expiresAt,
  maximumLifetimeDays,
});

describe("[L15] effectiveEnd is min(expiry, creation + maximum)", () => {
  test.each<[string, KeyLifetime, Date | null, "key" | "policy" | null]>([
    ["neither", key(null, null), null, null],
    ["an expiry alone", key(day(7), null), day(7), "key"],
    ["a maximum alone", key(null, 30), day(30), "policy"],
    ["the expiry comes first", key(day(29), 30), day(29), "key"],
    ["the maximum comes first", key(day(31), 30), day(30), "policy"],
    ["both at the same time", key(day(30), 30), day(30), "key"],
  ])("%s", (_, lifetime, end, setBy) => {
    expect(effectiveEnd(lifetime)).toEqual(end);
    expect(expirySetBy(lifetime)).toBe(setBy);
  });

  test("a day has 24 hours even when clocks change", () => {
    const end = effectiveEnd({ ...key(null, 1), createdAt: new Date("2026-10-24T22:30:00.000Z") });
    expect(end?.toISOString()).toBe("2026-10-25T22:30:00.000Z");
  });

  test("an invalid maximum or time is an error, never an endless life", () => {
    for (const days of [0, -1, 1.5, Number.NaN, 3651, Number.POSITIVE_INFINITY]) {
      expect(() => effectiveEnd(key(null, days))).toThrow(RangeError);
    }
    expect(() => effectiveEnd({ ...key(day(1), 30), createdAt: new Date(Number.NaN) })).toThrow(RangeError);
  });
});

test("[L15] the organization's first public key has no maximum; every other key has", () => {
  const policy = { maximumLifetimeDays: 30, defaultKeyId: "default" };
  expect(maximumFor(policy, "default")).toBeNull();
  expect(maximumFor(policy, "other")).toBe(30);
  expect(maximumFor({ ...policy, defaultKeyId: null }, "default")).toBe(30);
});

const maximum = fc.option(fc.integer({ min: 1, max: 3650 }), { nil: null });
const moment = fc.integer({ min: -4000 * dayMs, max: 4000 * dayMs }).map((ms) => day(ms / dayMs));
const maybe = fc.option(moment, { nil: null });
const lifetime = fc.record({ createdAt: moment, expiresAt: maybe, maximumLifetimeDays: maximum });

test("[L15] a key created at the last moment that has ended has ended, one created later has not", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3650 }), moment, (days, now) => {
      const last = lastCreatedOfEnded(days, now);
      const standing = (createdAt: Date) =>
        keyStanding({ ...key(null, days), createdAt, pausedAt: null, revokedAt: null, deletedAt: null }, now);
      if (last === null) throw new Error("There is a maximum");
      expect(standing(last)).toBe("expired");
      expect(standing(new Date(last.getTime() + 1))).toBe("live");
    }),
  );
});

/** The changes of a key: a roll with some grace, a pause, a resumption, a new policy. */
const step = fc.record({
  afterMs: fc.nat(40 * dayMs),
  what: fc.oneof(
    fc.record({ rollWith: fc.nat(maximumGraceSeconds) }),
    fc.constantFrom("pause" as const, "resume" as const),
    fc.record({ maximum }),
  ),
});

test("[L15] no policy, expiry, grace and pause make a key outlive its expiry or the policy in force", () => {
  fc.assert(
    fc.property(lifetime, fc.array(step, { maxLength: 12 }), (start, steps) => {
      let now = start.createdAt;
      let state: KeySnapshot = {
        ...{ id: "k", organizationId: "o", name: "K", type: "secret", accessLevel: "MEMBER", roles: [] },
        ...{ namespace: { type: "organization", id: "o" }, creatorId: "c", creatorLevel: "OWNER" },
        ...{ keyCreators: "OWNER", allowedAddresses: [], rateLimit: null },
        ...{ pausedAt: null, revokedAt: null, deletedAt: null, subject: null, metadata: null, ...start },
        secrets: [{ id: "0", hash: new Uint8Array(32), pepperVersion: 1, endsAt: null }],
      };
      for (const { afterMs, what } of steps) {
        now = new Date(now.getTime() + afterMs);
        if (what === "pause") state = { ...state, pausedAt: now };
        else if (what === "resume") state = { ...state, pausedAt: null };
        else if ("maximum" in what) state = { ...state, maximumLifetimeDays: what.maximum };
        else state = rolled(state, what.rollWith, now);
        const own = state.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
        const days = state.maximumLifetimeDays ?? Number.POSITIVE_INFINITY;
        const isOver = now.getTime() >= own || now.getTime() - state.createdAt.getTime() >= days * dayMs;
        for (const { id } of state.secrets) {
          const { code } = judgeCredential(state, (secret) => secret.id === id, now);
          if (isOver) expect(code).toBe("EXPIRED");
          if (state.pausedAt !== null) expect(code).not.toBe("VALID");
        }
        // Without the policy the newest secret works again, unless something else stops it.
        const relaxed = { ...state, maximumLifetimeDays: null, pausedAt: null };
        const { code } = judgeCredential(relaxed, (secret) => secret.endsAt === null, now);
        expect(code).toBe(now.getTime() >= own ? "EXPIRED" : "VALID");
      }
    }),
  );
});

function rolled(state: KeySnapshot, graceSeconds: number, now: Date): KeySnapshot {
  const plan = planRoll(state, graceSeconds, now);
  if (!plan.ok) return state;
  const [current, ...older] = state.secrets;
  if (current === undefined) throw new Error("Every key has a current secret");
  const next = { ...current, id: String(state.secrets.length), endsAt: null };
  return { ...state, secrets: [next, { ...current, endsAt: plan.oldSecretEndsAt }, ...older] };
}
