import { describe, expect, test } from "vitest";
import { isFresh, needsFreshPassword } from "./fresh-password";

const minuteMs = 60_000;
const entered = new Date("2026-01-01T00:00:00.000Z");

test("a password is fresh for five minutes, and not a millisecond longer", () => {
  expect(isFresh(entered, entered)).toBe(true);
  expect(isFresh(entered, new Date(entered.getTime() + 5 * minuteMs))).toBe(true);
  expect(isFresh(entered, new Date(entered.getTime() + 5 * minuteMs + 1))).toBe(false);
});

describe("what needs a fresh password", () => {
  test.each([
    ["MEMBER", "ADMIN", false],
    ["MEMBER", "OWNER", true],
    ["ADMIN", "OWNER", true],
    ["ADMIN", "MEMBER", true],
    ["OWNER", "ADMIN", true],
    ["OWNER", "MEMBER", true],
    [null, "ADMIN", false],
    [null, "OWNER", true],
  ] as const)("a level change from %s to %s: %s", (levelBefore, accessLevel, expected) => {
    for (const verb of ["changeAccessLevel", "changeGrant"] as const) {
      expect(needsFreshPassword(verb, { levelBefore, accessLevel, keysTransferred: 0 })).toBe(expected);
      expect(needsFreshPassword(verb, { levelBefore, accessLevel, keysTransferred: 1 })).toBe(true);
    }
  });

  test.each(["inviteMember", "giveGrant", "generateKey", "deleteKey"] as const)("%s: only OWNER", (verb) => {
    expect(needsFreshPassword(verb, { accessLevel: "MEMBER" })).toBe(false);
    expect(needsFreshPassword(verb, { accessLevel: "ADMIN" })).toBe(false);
    expect(needsFreshPassword(verb, { accessLevel: "OWNER" })).toBe(true);
  });

  test.each(["takeGrant", "removeMember", "deleteResource", "rollKey", "endGrace"] as const)(
    "%s: always",
    (verb) => {
      expect(needsFreshPassword(verb)).toBe(true);
    },
  );

  test("updateOrganization: when it changes who may create keys, the token prefix, how long keys live, ends audit entries earlier or only pauses leaked keys", () => {
    const nothing = {
      ...{ keyCreatorsChange: false, tokenPrefixChange: false },
      ...{ lifetimeChange: false, auditEndsEarlier: false, leaksOnlyPaused: false },
    };
    expect(needsFreshPassword("updateOrganization", nothing)).toBe(false);
    for (const change of Object.keys(nothing)) {
      expect(needsFreshPassword("updateOrganization", { ...nothing, [change]: true }), change).toBe(true);
    }
  });

  test("updateRole: when it changes what keys may do", () => {
    expect(needsFreshPassword("updateRole", { powerChanges: true, keys: 0 })).toBe(false);
    expect(needsFreshPassword("updateRole", { powerChanges: false, keys: 9 })).toBe(false);
    expect(needsFreshPassword("updateRole", { powerChanges: true, keys: 1 })).toBe(true);
  });

  test("chooseNoticeMails: when it ends urgent mails", () => {
    expect(needsFreshPassword("chooseNoticeMails", { endsUrgent: false })).toBe(false);
    expect(needsFreshPassword("chooseNoticeMails", { endsUrgent: true })).toBe(true);
  });

  test("changeKeys: when it changes many keys, or one whose own change needs it", () => {
    expect(needsFreshPassword("changeKeys", { keys: 1, asksForOne: false })).toBe(false);
    expect(needsFreshPassword("changeKeys", { keys: 1, asksForOne: true })).toBe(true);
    expect(needsFreshPassword("changeKeys", { keys: 2, asksForOne: false })).toBe(true);
  });

  test("updateKey: when it changes what an OWNER key may do", () => {
    expect(needsFreshPassword("updateKey", { accessLevel: "ADMIN", powerChanges: true })).toBe(false);
    expect(needsFreshPassword("updateKey", { accessLevel: "OWNER", powerChanges: false })).toBe(false);
    expect(needsFreshPassword("updateKey", { accessLevel: "OWNER", powerChanges: true })).toBe(true);
  });
});
