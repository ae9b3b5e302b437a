import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyUse } from "./key-use";
import { addKeyUse, mergeKeyUse, newKeyUse, presentableClient } from "./key-use";

const start = Date.UTC(2026, 0, 1);
const use = fc.record({
  secretId: fc.constantFrom("old", "new"),
  at: fc.nat(3 * 3600 * 1000).map((offset) => new Date(start + offset)),
  address: fc.option(fc.ipV4()),
  client: fc.option(fc.constantFrom("curl/8", "node")),
});

function counted(uses: readonly Parameters<typeof addKeyUse>[1][]): KeyUse {
  const entry = newKeyUse();
  for (const one of uses) addKeyUse(entry, one);
  return entry;
}

describe("[Y4] the uses of a key", () => {
  test("each count once, in the hour they happened in", () => {
    fc.assert(
      fc.property(fc.array(use), (uses) => {
        const { calls } = counted(uses);
        expect([...calls.values()].reduce((sum, count) => sum + count, 0)).toBe(uses.length);
        for (const [hour, count] of calls) {
          const inHour = uses.filter(({ at }) => at.getTime() >= hour && at.getTime() < hour + 3_600_000);
          expect(hour % 3_600_000).toBe(0);
          expect(inHour.length).toBe(count);
        }
      }),
    );
  });

  test("show the latest one, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(use, { minLength: 1 }), (uses) => {
        const latest = Math.max(...uses.map(({ at }) => at.getTime()));
        const entry = counted(uses);
        expect(entry.lastUsedAt).toBe(latest);
        const shown = uses.filter(({ at }) => at.getTime() === latest);
        expect(shown.map(({ address, client }) => `${address} ${client}`)).toContain(
          `${entry.address} ${entry.client}`,
        );
      }),
    );
  });

  test("merged are as if counted together, so that a failed write loses nothing", () => {
    const distinct = fc.uniqueArray(use, { selector: ({ at }) => at.getTime() });
    fc.assert(
      fc.property(distinct, fc.nat(), (uses, cut) => {
        const merged = counted(uses.slice(cut % (uses.length + 1)));
        mergeKeyUse(merged, counted(uses.slice(0, cut % (uses.length + 1))));
        const whole = counted(uses);
        expect(new Map([...merged.calls].sort())).toEqual(new Map([...whole.calls].sort()));
        expect(Object.fromEntries(merged.secrets)).toEqual(Object.fromEntries(whole.secrets));
        const { lastUsedAt, address, client } = whole;
        expect(merged).toMatchObject({ lastUsedAt, address, client });
      }),
    );
  });
});

describe("[L2] what a client says of itself", () => {
  test("is bounded, without controls and can be stored", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (userAgent) => {
        const client = presentableClient(userAgent);
        if (client === null) return;
        expect(client.length).toBeGreaterThan(0);
        expect(client.length).toBeLessThanOrEqual(200);
        expect(client).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
        expect(client.isWellFormed()).toBe(true);
      }),
    );
  });

  test.each([
    ["curl/8.5.0", "curl/8.5.0"],
    ["evil\u0000\u001b[31m agent\r\n", "evil[31m agent"],
    [" \t ", null],
    ["x".repeat(300), "x".repeat(200)],
    [`${"x".repeat(199)}😀`, `${"x".repeat(199)}\ufffd`],
  ])("%j is shown as %j", (userAgent, client) => {
    expect(presentableClient(userAgent)).toBe(client);
  });
});
