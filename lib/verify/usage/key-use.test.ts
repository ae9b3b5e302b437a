import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { usageOutcomes } from "@/lib/core/keys/usage-outcome";
import { KeyUse } from "./key-use";

const start = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;
const permissions = ["invoices:read", "invoices:send", "workspaces:read"];
const use = fc.record({
  secretId: fc.constantFrom("old", "new"),
  at: fc.nat(30 * hourMs).map((offset) => start + offset),
  outcome: fc.constantFrom(...usageOutcomes),
  address: fc.option(fc.ipV4()),
  client: fc.option(fc.constantFrom("curl/8", "node")),
  demanded: fc.option(fc.array(fc.constantFrom(...permissions)), { nil: undefined }),
});
type Use = typeof use extends fc.Arbitrary<infer T> ? T : never;

function counted(uses: readonly Use[], { entry = new KeyUse(), room = 1000 } = {}): KeyUse {
  entry.emptied();
  const left = { left: room };
  for (const one of uses) entry.add(one.at, one.outcome, one, left);
  return entry;
}

const some = fc.array(use, { minLength: 1, maxLength: 60 });
const sum = (tallies: readonly { calls: number }[]) => tallies.reduce((all, { calls }) => all + calls, 0);

describe("[Y4] the uses of a key", () => {
  test("each count once, in their hour, by their secret, outcome and caller", () => {
    fc.assert(
      fc.property(some, (uses) => {
        const { tallies } = counted(uses);
        expect(sum(tallies)).toBe(uses.length);
        for (const { hour, outcome, secretId, address, client, calls, at, isRest } of tallies) {
          const alike = uses.filter(
            (one) =>
              one.at >= hour &&
              one.at < hour + hourMs &&
              one.outcome === outcome &&
              one.secretId === secretId,
          );
          const same = alike.filter((one) => one.address === address && one.client === client);
          expect(hour % hourMs).toBe(0);
          expect(calls).toBeLessThanOrEqual(alike.length);
          if (isRest) continue;
          expect(calls).toBe(same.length);
          expect(at).toBe(Math.max(...same.map((one) => one.at)));
        }
      }),
    );
  });

  test("keep the last valid use of each secret, however many callers there are", () => {
    fc.assert(
      fc.property(some, fc.nat(3), (uses, room) => {
        const { tallies } = counted(uses, { room });
        for (const secretId of ["old", "new"]) {
          const good = uses.filter((one) => one.secretId === secretId && one.outcome === "VALID");
          const told = tallies.filter((one) => one.secretId === secretId && one.outcome === "VALID");
          expect(told.length === 0).toBe(good.length === 0);
          if (good.length === 0) continue;
          const last = told.reduce((one, other) => (other.at > one.at ? other : one));
          expect(last.at).toBe(Math.max(...good.map((one) => one.at)));
          expect(good).toContainEqual(
            expect.objectContaining({ at: last.at, address: last.address, client: last.client }),
          );
        }
      }),
    );
  });

  test("[L9] count what accepted calls demanded, each permission once a call", () => {
    fc.assert(
      fc.property(some, (uses) => {
        const { demands } = counted(uses);
        const dayMs = 24 * hourMs;
        const good = uses.filter(({ outcome }) => outcome === "VALID");
        for (const { day, permission, calls } of demands) {
          const alike = good.filter(
            ({ at, demanded }) => at - (at % dayMs) === day && demanded?.includes(permission),
          );
          expect(calls).toBe(alike.length);
        }
        const each = good.flatMap(({ demanded = [] }) => [...new Set(demanded)]);
        expect(sum(demands)).toBe(each.length);
      }),
    );
  });
});

test("[Y4] thousands of callers of one key take bounded memory, and no call is lost", () => {
  const entry = new KeyUse();
  const room = { left: 50_000 };
  for (let index = 0; index < 5000; index++) {
    const by = { secretId: "s", address: `10.0.${index >> 8}.${index % 256}`, client: `agent ${index}` };
    entry.add(start + index, "VALID", by, room);
  }
  expect(entry.tallies.length).toBeLessThanOrEqual(21);
  expect(sum(entry.tallies)).toBe(5000);
  expect(entry.tallies.find(({ isRest }) => isRest)).toMatchObject({
    at: start + 4999,
    client: "agent 4999",
  });
});

test("[Y4] without room every key keeps its first caller, and adds up the others", () => {
  const entry = new KeyUse();
  for (let index = 0; index < 30; index++) {
    entry.add(start, "VALID", { secretId: "s", address: null, client: `${index % 5}` }, { left: 0 });
  }
  expect(entry.tallies.map(({ calls, isRest }) => [calls, isRest])).toEqual([
    [6, false],
    [24, true],
  ]);
});

test("[Y4] a reused counter keeps nothing of the previous key", () => {
  const told = ({ tallies, demands }: KeyUse) => ({
    demands: demands.map((demand) => ({ ...demand })),
    tallies: tallies.map(({ secretId, hour, outcome, address, client, calls, at, isRest }) => ({
      ...{ secretId, hour, outcome, address, client, calls, at, isRest },
    })),
  });
  fc.assert(
    fc.property(some, some, (before, uses) => {
      expect(told(counted(uses, { entry: counted(before) }))).toEqual(told(counted(uses)));
    }),
  );
});
