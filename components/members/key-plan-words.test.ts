import { expect, test } from "vitest";
import { ruleChoice, stoppedText, wordsOfDemotion, wordsOfEnd } from "./key-plan-words";

const choice = (
  rule: Parameters<typeof ruleChoice>[0],
  used: number,
  total: number,
  words = wordsOfEnd("Ben"),
) => {
  const canGet = { used, all: total };
  const receiver = {
    id: "1",
    name: "Ana",
    email: "ana@example.com",
    level: "OWNER",
    isSelf: true,
    canGet,
  } as const;
  const counts = { today: used, earlier: 0, idle: total - used };
  const impact = {
    total,
    counts,
    hours: [],
    seen: "",
    keys: [],
    paused: 0,
    expired: 0,
    receivers: [receiver],
  };
  return ruleChoice(rule, { impact, receiver, words });
};

test("[L5] a choice says how many keys move and what happens to the rest", () => {
  expect(choice("transfer_used", 250, 2051).description).toBe(
    "250 keys used in the last 90 days move and keep working. 1,801 are revoked.",
  );
  expect(choice("transfer_used", 3, 3).description).toBe(
    "3 keys used in the last 90 days move and keep working. Nothing stops working.",
  );
  expect(choice("transfer_used", 1, 2, wordsOfDemotion("Ben", "")).description).toBe(
    "1 key used in the last 90 days moves and keeps working. 1 loses permissions.",
  );
  expect(choice("transfer_all", 0, 2).description).toBe("Nothing stops working.");
});

test("[L5] says how many expired keys are revoked too", () => {
  const ends = wordsOfEnd("Ben");
  expect(stoppedText(ends, { expired: 0 })).toBe("");
  expect(stoppedText(ends, { expired: 1 })).toBe(
    "1 key that has expired becomes revoked too, and cannot be transferred.",
  );
  expect(stoppedText(ends, { expired: 2 })).toBe(
    "2 keys that have expired become revoked too, and cannot be transferred.",
  );
  expect(stoppedText(wordsOfDemotion("Ben", ""), { expired: 2 })).toBe("");
});
