import { expect, test } from "vitest";
import { auditActions } from "@/lib/core/audit-actions";
import { type ActivityFacts, activityText, keyActivityActions } from "./activity-text";

const at = new Date("2026-11-24T09:01:00Z");
const text = (action: ActivityFacts["action"], details: ActivityFacts["details"] = {}) =>
  activityText({ action, details, at }, { ana: "Ana Sousa", ben: "Ben Okafor" });

test("every key action of the audit trail has a text", () => {
  const aboutKeys = auditActions.filter((action) => action.startsWith("key.") || action.startsWith("token_"));
  expect([...keyActivityActions].sort()).toEqual([...aboutKeys].sort());
  for (const action of keyActivityActions) expect(text(action)).toMatch(/^[a-z][^.]+[^.]$/);
});

test("an action of a newer version is shown by its raw name", () => {
  expect(text("key.frozen" as ActivityFacts["action"])).toBe("did “key.frozen”");
});

test.each<[ActivityFacts["action"], ActivityFacts["details"], string]>([
  ["key.rolled", { graceSeconds: 43_200 }, "rolled the secret, with 12 hours of grace for the previous one"],
  ["key.rolled", { graceSeconds: 0 }, "rolled the secret without grace for the previous one"],
  ["key.rolled", { replacedUnused: true }, "replaced the current secret, which nobody had used"],
  [
    "key.rolled",
    { graceSeconds: 3_600, superseded: true },
    "rolled the secret, with 1 hour of grace for the previous one. That ended the grace period before it",
  ],
  ["key.resumed", { pausedBefore: "2026-11-24T08:47:00.000Z" }, "resumed the key after 14 minutes"],
  [
    "key.paused",
    { withKey: "key_aaaaaaaaaaaaaaaa" },
    "paused the key, together with key_aaaaaaaaaaaaaaaa, whose token made it",
  ],
  ["key.revoked", { reason: "person" }, "revoked the key"],
  ["key.revoked", { reason: "leaked" }, "revoked the key, because it leaked"],
  [
    "key.transferred",
    { fromUserId: "ana", toUserId: "ben" },
    "transferred the key from Ana Sousa to Ben Okafor",
  ],
  [
    "key.transferred",
    { fromUserId: "gone", toUserId: "ben" },
    "transferred the key from another person to Ben Okafor",
  ],
])("%s with %j", (action, details, expected) => {
  expect(text(action, details)).toBe(expected);
});

const same = { nameBefore: "A", name: "A", descriptionBefore: "", description: "" };

test.each<[ActivityFacts["details"], string]>([
  [same, "saved the key without a change"],
  [{ ...same, name: "B" }, "renamed the key from “A” to “B”"],
  [{ ...same, description: "Pays" }, "added a description"],
  [{ ...same, descriptionBefore: "Pays" }, "removed the description"],
  [{ ...same, rolesBefore: ["a", "b"], roles: ["b", "c"] }, "added the role c and removed the role a"],
  [{ ...same, labelsBefore: [], labels: ["env=prod", "tier=1"] }, "added the labels env=prod and tier=1"],
  [{ ...same, subjectBefore: null, subject: "acme" }, "set the subject to “acme”"],
  [{ ...same, metadataBefore: "{}", metadata: null }, "removed the metadata"],
  [
    { ...same, allowedAddressesBefore: [], allowedAddresses: ["10.4.0.0/16", "2001:db8::/48"] },
    "allowed calls only from 10.4.0.0/16 and 2001:db8::/48",
  ],
  [{ ...same, allowedAddressesBefore: ["::1"], allowedAddresses: [] }, "allowed calls from everywhere"],
  [
    {
      ...same,
      ...{ rateLimitRequestsBefore: 1_000, rateLimitSecondsBefore: 60 },
      ...{ rateLimitRequests: 3_000, rateLimitSeconds: 60 },
    },
    "raised the rate limit from 1,000 to 3,000 requests per minute",
  ],
  [
    {
      ...same,
      ...{ rateLimitRequestsBefore: null, rateLimitSecondsBefore: null },
      ...{ rateLimitRequests: 5, rateLimitSeconds: 1 },
    },
    "limited calls to 5 requests per second",
  ],
  [
    {
      ...same,
      ...{ rateLimitRequestsBefore: 5, rateLimitSecondsBefore: 1 },
      ...{ rateLimitRequests: null, rateLimitSeconds: null },
    },
    "removed the rate limit",
  ],
  [
    { ...same, name: "B", description: "Pays", metadataBefore: null, metadata: "{}" },
    "renamed the key from “A” to “B”, added a description and added metadata",
  ],
])("an edit of %j", (details, expected) => {
  expect(text("key.updated", details)).toBe(expected);
});
