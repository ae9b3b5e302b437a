import fc from "fast-check";
import { expect, test } from "vitest";
import type { AccessLevel } from "./access-level";
import { accessLevels, isAtLeast } from "./access-level";
import { generatableLevels, keyVerbs, mayManageKey, maySeeAllKeys, maySeeOwnKeys } from "./manage-keys";

const verbs = keyVerbs.filter((verb) => verb !== "create");

const level = fc.constantFrom(...accessLevels);
const there = fc.option(level, { nil: null });
const verb = fc.constantFrom(...verbs);
const key = fc.record({ accessLevel: level, creatorId: fc.constantFrom("ana", "bo") });

/** Two levels, the lower one first. */
const ordered = fc
  .tuple(level, level)
  .map(([a, b]) => (isAtLeast(b, a) ? ([a, b] as const) : ([b, a] as const)));

const implies = (premise: boolean, conclusion: boolean) => !premise || conclusion;
const isSubset = (a: readonly AccessLevel[], b: readonly AccessLevel[]) =>
  a.every((each) => b.includes(each));

test("[P7, P9] nobody generates a key above their level in its namespace, or without access there", () => {
  fc.assert(
    fc.property(level, level, there, (own, keyCreators, namespaceLevel) => {
      for (const made of generatableLevels({ level: own, keyCreators }, namespaceLevel)) {
        expect(namespaceLevel !== null && isAtLeast(namespaceLevel, made)).toBe(true);
        expect(isAtLeast(own, keyCreators)).toBe(true);
      }
    }),
  );
});

test("[Y2, P7] generating grows with the level, the level there, and the setting", () => {
  fc.assert(
    fc.property(ordered, ordered, ordered, (own, setting, namespace) => {
      const of = (at: 0 | 1, settingAt: 0 | 1, namespaceAt: 0 | 1) =>
        generatableLevels({ level: own[at], keyCreators: setting[settingAt] }, namespace[namespaceAt]);
      expect(isSubset(of(0, 0, 0), of(1, 0, 0))).toBe(true);
      expect(isSubset(of(0, 0, 0), of(0, 0, 1))).toBe(true);
      // The setting names the lowest level that may create keys, so a lower one is wider.
      expect(isSubset(of(0, 1, 0), of(0, 0, 0))).toBe(true);
    }),
  );
});

test("[B2, Y2] managing grows with the level, the level there, and the setting", () => {
  fc.assert(
    fc.property(verb, key, ordered, ordered, there, (action, it, own, setting, namespace) => {
      const may = (at: AccessLevel, keyCreators: AccessLevel, namespaceLevel: AccessLevel | null) =>
        mayManageKey({ userId: "ana", level: at, keyCreators }, action, it, namespaceLevel);
      expect(implies(may(own[0], setting[0], namespace), may(own[1], setting[0], namespace))).toBe(true);
      expect(implies(may(own[0], setting[1], namespace), may(own[0], setting[0], namespace))).toBe(true);
      expect(implies(may(own[0], setting[0], null), may(own[0], setting[0], namespace))).toBe(true);
      expect(implies(may(own[0], setting[0], own[0]), may(own[0], setting[0], own[1]))).toBe(true);
    }),
  );
});

test("[B2] a verb allowed on a key is allowed on a lower one and on one's own, and never without seeing it", () => {
  fc.assert(
    fc.property(verb, ordered, level, level, there, (action, levels, own, keyCreators, namespace) => {
      const may = (done: typeof action, accessLevel: AccessLevel, creatorId: string) =>
        mayManageKey({ userId: "ana", level: own, keyCreators }, done, { accessLevel, creatorId }, namespace);
      for (const creatorId of ["ana", "bo"]) {
        expect(implies(may(action, levels[1], creatorId), may(action, levels[0], creatorId))).toBe(true);
        expect(implies(may(action, levels[0], creatorId), may("read", levels[0], creatorId))).toBe(true);
      }
      expect(implies(may(action, levels[0], "bo"), may(action, levels[0], "ana"))).toBe(true);
    }),
  );
});

test("[Y2, L12] a person who may generate a key may do everything to it afterwards", () => {
  fc.assert(
    fc.property(level, level, there, verb, (own, keyCreators, namespace, action) => {
      const manager = { userId: "ana", level: own, keyCreators };
      for (const accessLevel of generatableLevels(manager, namespace)) {
        expect(mayManageKey(manager, action, { accessLevel, creatorId: "ana" }, namespace)).toBe(true);
        expect(maySeeOwnKeys(manager)).toBe(true);
      }
    }),
  );
});

test("[B2] nobody without the page sees other people's keys", () => {
  fc.assert(
    fc.property(level, level, verb, level, there, (own, keyCreators, action, accessLevel, namespace) => {
      const manager = { userId: "ana", level: own, keyCreators };
      const foreign = { accessLevel, creatorId: "bo" };
      expect(implies(mayManageKey(manager, action, foreign, namespace), maySeeAllKeys(manager))).toBe(true);
      // A level in a namespace does not apply to keys that others created there.
      expect(mayManageKey(manager, action, foreign, namespace)).toBe(mayManageKey(manager, action, foreign));
    }),
  );
});
