import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keySnapshot } from "@/e2e/support/data/key-snapshot";
import { JsonText } from "../../json/json-text";
import type { KeySnapshot } from "../verdict";
import { KeyTable } from "./key-table";
import { KeyTerms } from "./key-terms";

const organizationId = randomUUID();
const idOf = (number: number) => String(number).padStart(16, "k");
const secret = () => ({ id: randomUUID(), hash: Buffer.alloc(32, 1), pepperVersion: 1, endsAt: null });

/** A key with this many secrets, whose name contains the version of its state. */
function key(number: number, version: number, secrets = 1): KeySnapshot {
  return keySnapshot({
    id: idOf(number),
    organizationId,
    name: `${number} ${version}`,
    creatorId: number % 2 === 0 ? "ana" : "ben",
    metadata: number % 3 === 0 ? JsonText.of(`{"plan":${version % 5}}`) : null,
    secrets: Array.from({ length: secrets }, secret),
  });
}

/** A table and its terms by creator, as the cache keeps them. */
function owned(maximum?: number) {
  const byCreator = new Map<string, KeyTerms>();
  const table = new KeyTable(maximum, (terms) => {
    if (byCreator.get(terms.creatorId) === terms) byCreator.delete(terms.creatorId);
  });
  const set = (one: KeySnapshot) => {
    const terms = byCreator.get(one.creatorId) ?? new KeyTerms(one);
    byCreator.set(one.creatorId, terms);
    return table.set(one, terms);
  };
  const forget = (creator: string) => {
    const terms = byCreator.get(creator);
    if (terms !== undefined) terms.isStale = true;
    byCreator.delete(creator);
  };
  return { table, set, forget, byCreator };
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("set" as const), secrets: fc.integer({ min: 0, max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("get" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("creator" as const) }) },
);
const steps = (keys: number, length: number) => fc.array(fc.tuple(fc.nat(keys), step), { maxLength: length });

describe("[L1] a table of keys", () => {
  test("holds the last state of each key and nothing else, like a Map", () => {
    fc.assert(
      fc.property(steps(60, 400), (all) => {
        const { table, set, forget } = owned();
        const model = new Map<string, KeySnapshot>();
        for (const [version, [number, { kind, ...more }]] of all.entries()) {
          if (kind === "set") {
            const one = key(number, version, "secrets" in more ? more.secrets : 1);
            model.set(one.id, one);
            set(one);
          } else if (kind === "delete") {
            model.delete(idOf(number));
            table.delete(idOf(number));
          } else if (kind === "creator") {
            const creator = number % 2 === 0 ? "ana" : "ben";
            forget(creator);
            for (const one of model.values()) if (one.creatorId === creator) model.delete(one.id);
          }
          for (let each = 0; each <= 60; each++) {
            const found = table.get(idOf(each));
            expect(found?.name).toBe(model.get(idOf(each))?.name);
            expect(found?.secrets.map(({ id }) => id)).toEqual(
              model.get(idOf(each))?.secrets.map(({ id }) => id),
            );
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test.each([2, 9, 100])("with room for %i never holds more, nor a state from before a change", (maximum) => {
    fc.assert(
      fc.property(steps(200, 1000), (all) => {
        const { table, set, forget, byCreator } = owned(maximum);
        const model = new Map<string, KeySnapshot>();
        for (const [version, [number, { kind }]] of all.entries()) {
          if (kind === "set") {
            model.set(idOf(number), key(number, version));
            set(key(number, version));
          } else if (kind === "delete") {
            model.delete(idOf(number));
            table.delete(idOf(number));
          } else if (kind === "creator") {
            const creator = number % 2 === 0 ? "ana" : "ben";
            forget(creator);
            for (const one of model.values()) if (one.creatorId === creator) model.delete(one.id);
          }
          const found = table.get(idOf(number));
          if (found !== undefined) expect(found.name).toBe(model.get(idOf(number))?.name);
          expect(table.size).toBeLessThanOrEqual(maximum);
          expect(table.metadataSize).toBeLessThanOrEqual(table.size);
          expect(byCreator.size).toBeLessThanOrEqual(Math.min(2, table.size + 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("replacing a creator's only key keeps its terms under that creator", () => {
    const { table, set, forget } = owned();
    for (let version = 0; version < 3; version++) set(key(1, version));
    forget("ben");
    expect(table.get(idOf(1))).toBeUndefined();
  });

  test("finds each of 10,000 keys while they come, change and go", () => {
    const { table, set } = owned();
    const count = 10_000;
    for (let number = 0; number < count; number++) set(key(number, 0));
    for (let number = 0; number < count; number += 2) set(key(number, 1));
    for (let number = 0; number < count; number += 5) table.delete(idOf(number));
    for (let number = 0; number < count; number++) {
      const expected = number % 5 === 0 ? undefined : `${number} ${number % 2 === 0 ? 1 : 0}`;
      if (table.get(idOf(number))?.name !== expected) throw new Error(`${number} is not ${expected}`);
    }
    expect(table.size).toBe(0.8 * count);
  });

  test("a snapshot that was read does not change, whatever happens to the key", () => {
    const { table, set } = owned(50);
    const first = key(0, 0, 2);
    set(first);
    const held = table.get(first.id);
    for (let version = 1; version < 3_000; version++) set(key(version % 300, version));
    expect(held?.name).toBe(first.name);
    expect(held?.secrets.map(({ id }) => id)).toEqual(first.secrets.map(({ id }) => id));
  });

  test("a key with a thousand secrets fits, and one that keeps changing takes the room of one", () => {
    const { table, set } = owned();
    set(key(1, 0, 2000));
    for (let number = 2; number < 30; number++) set(key(number, 0, 400));
    for (let number = 2; number < 30; number++) expect(table.get(idOf(number))?.secrets).toHaveLength(400);
    expect(table.get(idOf(1))?.secrets).toHaveLength(2000);
    for (let number = 1; number < 30; number++) table.delete(idOf(number));
    // Leaves each of the other keys alone in a slab of outdated states of this one.
    for (let version = 0; version < 12_000; version++) {
      set(key(1, version));
      if (version % 1100 === 0) set(key(10 + version, version));
    }
    // If the table did not compact, each of them would keep a slab.
    expect(table.size).toBe(12);
    expect(table.slabCount).toBeLessThanOrEqual(2);
  });

  test("an invalid id is not found, whatever its characters hash to", () => {
    const { table, set } = owned();
    set(key(1, 0));
    const [id, first] = [idOf(1), idOf(1).charCodeAt(0)];
    expect(table.get(id)).toBeDefined();
    for (const other of [
      "",
      "k",
      `${id}k`,
      String.fromCharCode(first + 256) + id.slice(1),
      `\u0000${id.slice(1)}`,
    ]) {
      expect(table.get(other)).toBeUndefined();
      table.delete(other);
    }
    expect(table.size).toBe(1);
  });

  test("a key that cannot be stored is an error, and leaves nothing behind", () => {
    const { table, set } = owned();
    const good = { ...key(3, 0) };
    set(good);
    const wrong: Partial<KeySnapshot>[] = [
      { id: "short" },
      { createdAt: new Date(Number.NaN) },
      { expiresAt: new Date(Number.NaN) },
      { revokedAt: new Date(Number.NaN) },
      { secrets: [{ ...secret(), endsAt: new Date(Number.NaN) }] },
      { secrets: [{ ...secret(), id: "x" }] },
      { secrets: [{ ...secret(), hash: new Uint8Array(31) }] },
    ];
    for (const over of wrong) expect(() => set({ ...good, ...over })).toThrow(RangeError);
    // Its old state is outdated, so it is dropped too.
    expect([table.get(good.id), table.size, table.metadataSize]).toEqual([undefined, 0, 0]);
  });
});
