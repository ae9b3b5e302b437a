import { expect, test } from "vitest";
import { auditActions } from "../audit-actions";
import { mostAttempts, retryDelayMs } from "./retry-plan";
import { eventsOf, webhookEvents } from "./webhook-events";

test("[L8] every event comes from an action, and every revocation is a key.revoked event", () => {
  const reasons = ["person", "leaked", "policy", "creator_removed", "resource_deleted"];
  const all = auditActions.flatMap((action) => reasons.flatMap((reason) => eventsOf(action, reason)));
  expect([...new Set(all)].sort()).toEqual([...webhookEvents].sort());
  expect(reasons.map((reason) => eventsOf("key.revoked", reason))).toEqual([
    ["key.revoked"],
    ["key.revoked", "key.leaked"],
    ...["policy", "creator_removed", "resource_deleted"].map(() => ["key.revoked", "key.auto_revoked"]),
  ]);
  expect(eventsOf("member.signed_in", undefined)).toEqual([]);
});

test("[L8] the attempts at a delivery take most of a day, and not more", () => {
  const delays = Array.from({ length: mostAttempts }, (_, index) => retryDelayMs(index + 1, 0.5));
  expect(delays.at(-1)).toBeNull();
  const hours = delays.reduce<number>((sum, delay) => sum + (delay ?? 0), 0) / 3_600_000;
  expect(hours).toBeGreaterThan(20);
  expect(hours).toBeLessThan(24);
});
