import { expect, test } from "vitest";
import { auditActions } from "@/lib/core/audit-actions";
import { entryText } from "./entry-text";

type Facts = Parameters<typeof entryText>[0];

const text = (action: Facts["action"], details: Facts["details"] = {}, actorUserId = "ana") => {
  const facts = {
    action,
    targetType: "key",
    targetId: "ben",
    actorUserId,
    details,
    at: new Date(0),
  } as const;
  const { before, namesTarget, after } = entryText(facts, { ana: "Ana", ben: "Ben" });
  return `${before}${namesTarget ? " [it]" : ""}${after}`;
};

test("[L7] every action of the audit trail has a text, even one of a newer version", () => {
  for (const action of auditActions) expect(text(action), action).toMatch(/^[a-z].*[^.:\s]$/);
  expect(text("moon.landed" as Facts["action"])).toBe("did “moon.landed” to [it]");
});

test.each<[Facts["action"], Facts["details"], string]>([
  ["key.generated", {}, "generated [it]"],
  ["key.revoked", { reason: "leaked" }, "revoked [it], because it leaked"],
  ["key.rolled", { graceSeconds: 43_200 }, "rolled [it], with 12 hours of grace for the previous secret"],
  ["key.rolled", { replacedUnused: true }, "replaced the current secret of [it], which nobody had used"],
  ["key.grace_ended", {}, "ended the grace period of [it]"],
  ["key.updated", { nameBefore: "A", name: "B" }, "renamed [it] from “A” to “B”"],
  ["key.updated", { rolesBefore: [], roles: ["a"] }, "edited [it]: added the role a"],
  ["key.updated", { subjectBefore: null, subject: "the key" }, "edited [it]: set the subject to “the key”"],
  ["key.transferred", { fromUserId: "ana", toUserId: "ben" }, "transferred [it] from Ana to Ben"],
  ["member.invited", { accessLevel: "MEMBER" }, "invited [it] as Member"],
  [
    "member.level_changed",
    { levelBefore: "MEMBER", accessLevel: "ADMIN" },
    "changed [it] from Member to Admin",
  ],
  ["organization.updated", {}, "changed the settings"],
  [
    "organization.updated",
    { nameBefore: "A", name: "B", requireExpiryBefore: false, requireExpiry: true },
    "changed the settings: name, expiry required",
  ],
  ["grant.taken", { name: "Chloe" }, "took away Chloe’s access to [it]"],
])("%s with %j", (action, details, expected) => {
  expect(text(action, details)).toBe(expected);
});

test("people who remove themselves “left”, others were “removed”", () => {
  expect(text("member.removed")).toBe("removed [it]");
  expect(text("member.removed", {}, "ben")).toBe("left the organization");
});
