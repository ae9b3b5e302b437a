import { expect, test } from "vitest";
import { planReceivers } from "./key-plan";
import { keyUse } from "./key-use";

const key = (id: string, use: "today" | "earlier" | "idle", receivers: readonly string[] = ["ana"]) => ({
  id,
  use,
  receivers,
});
const keys = [
  key("a", "today"),
  key("b", "earlier"),
  key("c", "idle"),
  key("d", "today", []),
  key("e", "idle"),
];

test.each([
  ["transfer_used", ["ana", "ana", null, null, "ben"]],
  ["transfer_all", ["ana", "ana", "ana", null, "ben"]],
  ["transfer_none", [null, null, null, null, "ben"]],
] as const)("[L5] %s decides about every key that is no exception", (rule, receivers) => {
  const receiverOf = planReceivers({ rule, toUserId: "ana", except: [{ keyId: "e", toUserId: "ben" }] });
  expect(keys.map(receiverOf)).toEqual(receivers);
});

test("[L5] an exception keeps a key from being transferred, and without a receiver no key is", () => {
  const none = planReceivers({
    rule: "transfer_all",
    toUserId: "ana",
    except: [{ keyId: "a", toUserId: null }],
  });
  expect(keys.map(none).slice(0, 2)).toEqual([null, "ana"]);
  const nobody = planReceivers({ rule: "transfer_all", toUserId: null, except: [] });
  expect(keys.map(nobody)).toEqual([null, null, null, null, null]);
});

test.each([
  [null, "idle"],
  [0, "today"],
  [86_399_999, "today"],
  [86_400_000, "earlier"],
  [90 * 86_400_000 - 1, "earlier"],
  [90 * 86_400_000, "idle"],
])("[L2] a key last used %j ms ago counts as %s", (age, use) => {
  const now = new Date("2026-12-01T12:00:00Z");
  expect(keyUse(age === null ? null : new Date(now.getTime() - age), now)).toBe(use);
});
