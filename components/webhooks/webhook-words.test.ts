import { expect, test } from "vitest";
import { answerText, answerWord, attemptsText, deliveredShare, eventsText } from "./webhook-words";

test("events are named while they fit, and counted otherwise", () => {
  expect(eventsText(["*"])).toBe("All events");
  expect(eventsText(["key.revoked"])).toBe("key.revoked");
  expect(eventsText(["key.revoked", "key.leaked"])).toBe("key.revoked, key.leaked");
  expect(eventsText(["key.revoked", "key.leaked", "key.rolled"])).toBe("3 events");
});

test("the share is 100% only if everything was delivered", () => {
  const share = (events: number, delivered: number) => deliveredShare([{ events, delivered }]);
  expect(deliveredShare([])).toBeNull();
  expect(share(0, 0)).toBeNull();
  expect(share(62, 44)).toBe("70%");
  expect(share(10_000, 9_999)).toBe("99%");
  expect(share(3, 3)).toBe("100%");
});

test("a response is worded as its status and name, or why there is none", () => {
  const none = { responseStatus: null, error: null, durationMs: null };
  expect(answerWord(none)).toBeNull();
  expect(answerText(none)).toBeNull();
  expect(answerText({ ...none, responseStatus: 503, durationMs: 1_940 })).toBe(
    "503 Service Unavailable after 1.9 s",
  );
  expect(answerText({ ...none, responseStatus: 299, durationMs: 640 })).toBe("299 after 640 ms");
  expect(answerText({ ...none, error: "timeout", durationMs: 15_003 })).toBe("Timeout after 15 s");
  expect(answerText({ ...none, error: "no reachable address", durationMs: 2_000 })).toBe(
    "No reachable address after 2 s",
  );
});

test("every delivery except a test is retried", () => {
  expect(attemptsText({ type: "key.rolled", attempts: 6 })).toBe("6 of 12");
  expect(attemptsText({ type: "webhook.test", attempts: 1 })).toBe("1");
});
