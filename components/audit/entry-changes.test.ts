import { expect, test } from "vitest";
import { entryChanges } from "./entry-changes";

const names = { ana: "Ana Sousa", ben: "Ben Okafor" };

test("[L7] a change shows removed, added and kept values, and leaves out fields that did not change", () => {
  const details = {
    ...{ titleBefore: "Support", title: "Support desk", descriptionBefore: "", description: "" },
    ...{ permissionsBefore: ["users:delete", "users:read"], permissions: ["users:read", "keys:read"] },
    ...{ subjectBefore: null, subject: "acme", requireExpiryBefore: false, requireExpiry: true },
  };
  expect(entryChanges(details, names)).toEqual([
    { label: "Title", gone: ["Support"], added: ["Support desk"], kept: [] },
    { label: "Permissions", gone: ["users:delete"], added: ["keys:read"], kept: ["users:read"] },
    { label: "Subject", gone: [], added: ["acme"], kept: [] },
    { label: "Expiry required", gone: ["No"], added: ["Yes"], kept: [] },
  ]);
});

test("a change of level or creator is shown in words and by name", () => {
  expect(entryChanges({ levelBefore: "MEMBER", accessLevel: "ADMIN", keysTransferred: 2 }, names)).toEqual([
    { label: "Access level", gone: ["Member"], added: ["Admin"], kept: [] },
    { label: "Keys transferred", gone: [], added: [], kept: ["2"] },
  ]);
  expect(entryChanges({ fromUserId: "ana", toUserId: "ben" }, names)).toEqual([
    { label: "Creator", gone: ["Ana Sousa"], added: ["Ben Okafor"], kept: [] },
  ]);
});

test("a rename shows the earlier name, and details without a value are left out", () => {
  expect(entryChanges({ nameBefore: "Shop" }, names)).toEqual([
    { label: "Name before", gone: ["Shop"], added: [], kept: [] },
  ]);
  expect(entryChanges({ reason: "person", bound: null, labels: [] }, names)).toEqual([
    { label: "Reason", gone: [], added: [], kept: ["A person did"] },
  ]);
});

test("[L7] values that are stored for programs are shown in words", () => {
  const shown = (details: Parameters<typeof entryChanges>[0]) =>
    Object.fromEntries(
      entryChanges(details, names).map(({ label, ...each }) => [
        label,
        Object.values(each).flat().join(" > "),
      ]),
    );
  expect(shown({ setBy: "key", daysBefore: 7 })).toEqual({
    "Set by": "The key’s own expiry",
    "Told before": "7 days",
  });
  expect(shown({ graceSeconds: 43_200, superseded: false })).toEqual({
    "Grace period": "12 hours",
  });
  expect(shown({ superseded: true, wasRevoked: false })).toEqual({
    "Earlier grace period ended": "Yes",
    "Revoked before": "No",
  });
  expect(shown({ rateLimitRequests: 1000, rateLimitSeconds: 60, expiresAt: null })).toEqual({
    "Rate limit": "1,000 requests per minute",
    Expires: "Never",
  });
  const limited = { rateLimitRequests: 10, rateLimitSeconds: 60 };
  const unlimited = { rateLimitRequestsBefore: null, rateLimitSecondsBefore: null };
  expect(shown({ ...unlimited, ...limited })).toEqual({ "Rate limit": "10 requests per minute" });
  expect(shown({ maximumLifetimeDaysBefore: 30, maximumLifetimeDays: null })).toEqual({
    "Maximum lifetime": "30 days > No maximum",
  });
  expect(shown({ keyCreatorsBefore: "OWNER", keyCreators: "MEMBER", events: ["*"] })).toEqual({
    "Who may create API keys": "Owners > Everyone",
    Events: "All events",
  });
});

test("[L17] choices of mails use the labels of the settings page", () => {
  const mailedBefore = ["key_leaked", "new_owner"];
  expect(
    entryChanges({ email: "ana@example.com", mailedBefore, mailed: ["new_owner"] }, names),
  ).toContainEqual({
    ...{ label: "Mailed notices", gone: ["Leaked keys"], added: [], kept: ["New owners"] },
  });
});
