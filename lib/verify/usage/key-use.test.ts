import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { usageOutcomes } from "@/lib/core/keys/usage-outcome";
import { KeyUse, presentableClient } from "./key-use";

const start = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;
const use = fc.record({
  secretId: fc.constantFrom("old", "new"),
  at: fc.nat(3 * hourMs).map((offset) => start + offset),
  outcome: fc.constantFrom(...usageOutcomes),
  address: fc.option(fc.ipV4()),
  client: fc.option(fc.constantFrom("curl/8", "node")),
});
type Use = (typeof use extends fc.Arbitrary<infer T> ? T : never) & object;

function counted(uses: readonly [Use, ...Use[]], entry = new KeyUse()): KeyUse {
  const [first] = uses;
  entry.begin(first.at, first.outcome);
  for (const one of uses) entry.add(one.at, one.outcome, one);
  return entry;
}

const some = fc.tuple(use, fc.array(use)).map(([first, rest]): [Use, ...Use[]] => [first, ...rest]);

describe("[Y4] the uses of a key", () => {
  test("each count once, in their hour and by their outcome", () => {
    fc.assert(
      fc.property(some, (uses) => {
        const { counts: calls } = counted(uses);
        expect(calls.reduce((sum, count) => sum + count.calls, 0)).toBe(uses.length);
        expect(new Set(calls.map(({ hour, outcome }) => `${hour} ${outcome}`)).size).toBe(calls.length);
        for (const { hour, outcome, calls: count } of calls) {
          const alike = uses.filter(
            (one) => one.at >= hour && one.at < hour + hourMs && one.outcome === outcome,
          );
          expect(hour % hourMs).toBe(0);
          expect(alike.length).toBe(count);
        }
      }),
    );
  });

  test("show the latest successful one per secret, in whatever order they arrive", () => {
    fc.assert(
      fc.property(some, (uses) => {
        const { secrets } = counted(uses);
        for (const secretId of ["old", "new"]) {
          const good = uses.filter((one) => one.secretId === secretId && one.outcome === "VALID");
          const shown = secrets.filter((last) => last.secretId === secretId);
          expect(shown.length).toBe(good.length === 0 ? 0 : 1);
          for (const { at, address, client } of shown) {
            const latest = Math.max(...good.map((one) => one.at));
            expect(at).toBe(latest);
            expect(good).toContainEqual({ secretId, at, outcome: "VALID", address, client });
          }
        }
      }),
    );
  });
});

test("[Y4] a reused counter keeps nothing of the previous key", () => {
  const told = ({ counts, secrets }: KeyUse) => ({
    counts: counts.map(({ hour, outcome, calls }) => ({ hour, outcome, calls })),
    secrets: secrets.map(({ secretId, at, address, client }) => ({ secretId, at, address, client })),
  });
  fc.assert(
    fc.property(some, some, (before, uses) => {
      expect(told(counted(uses, counted(before)))).toEqual(told(counted(uses)));
    }),
  );
});

describe("[L2] a client's user agent", () => {
  test("is bounded, without control characters and storable", () => {
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
