import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRotationDue, publishedAheadMs, publishedKeys, signerAt } from "./signing-plan";

const dayMs = 24 * 60 * 60 * 1000;
const start = new Date("2026-01-01T00:00:00.000Z").getTime();
const at = (ms: number) => new Date(start + ms);
const key = (generation: number, createdMs: number, signsFromMs = createdMs) => ({
  id: `k${generation}`,
  generation,
  createdAt: at(createdMs),
  signsFrom: at(signsFromMs),
});
const ids = (keys: readonly { readonly id: string }[]) => keys.map(({ id }) => id);

describe("the key that signs", () => {
  const keys = [key(1, 0), key(2, 90 * dayMs, 90 * dayMs + publishedAheadMs)];

  test("is the newest whose time has come", () => {
    const change = 90 * dayMs + publishedAheadMs;
    expect(signerAt(keys, at(change - 1))?.id).toBe("k1");
    expect(signerAt(keys, at(change))?.id).toBe("k2");
  });

  test("is the first one if the clock is behind the one that created it", () => {
    expect(signerAt(keys, at(-1))?.id).toBe("k1");
    expect(signerAt([], at(0))).toBeUndefined();
  });
});

describe("the next key is due", () => {
  test("when there is none, and when the newest is 90 days old", () => {
    expect(isRotationDue([], at(0))).toBe(true);
    expect(isRotationDue([key(1, 0)], at(90 * dayMs - 1))).toBe(false);
    expect(isRotationDue([key(1, 0)], at(90 * dayMs))).toBe(true);
    expect(isRotationDue([key(1, 0), key(2, 90 * dayMs)], at(90 * dayMs))).toBe(false);
  });
});

describe("the published keys", () => {
  test("include the next key before it signs, and the last one until its tokens have ended", () => {
    const keys = [key(1, 0), key(2, dayMs, dayMs + publishedAheadMs)];
    expect(ids(publishedKeys(keys, at(dayMs)))).toEqual(["k2", "k1"]);
    const lastSignature = dayMs + publishedAheadMs;
    expect(ids(publishedKeys(keys, at(lastSignature + 900_000)))).toEqual(["k2", "k1"]);
    expect(ids(publishedKeys(keys, at(lastSignature + 2 * 900_000)))).toEqual(["k2"]);
  });

  test("include the key that signed at any moment for 900 seconds after it", () => {
    const gap = fc.integer({ min: 0, max: 100 * dayMs });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(gap, fc.integer({ min: 0, max: publishedAheadMs })), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.integer({ min: 0, max: 600 * dayMs }),
        fc.integer({ min: 0, max: 900_000 }),
        (gaps, momentMs, ageMs) => {
          let createdMs = 0;
          const keys = gaps.map(([after, ahead], index) => {
            createdMs += index === 0 ? 0 : after;
            return key(index + 1, createdMs, createdMs + (index === 0 ? 0 : ahead));
          });
          // Keys created after that moment are not known yet.
          const known = keys.filter(({ createdAt }) => createdAt <= at(momentMs));
          const signer = signerAt(known, at(momentMs));
          const later = keys.filter(({ createdAt }) => createdAt <= at(momentMs + ageMs));
          expect(ids(publishedKeys(later, at(momentMs + ageMs)))).toContain(signer?.id);
        },
      ),
    );
  });
});
