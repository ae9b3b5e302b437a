import { expect, test } from "vitest";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyStatus } from "@/lib/core/keys/key-status";
import type { KeyAllowed } from "@/lib/services/keys/read/key-view";
import { whyNotKey, whyNotKeys, whyNotReplace } from "./why-not-key";

const none: KeyAllowed = {
  update: false,
  roll: false,
  duplicate: false,
  pause: false,
  resume: false,
  revoke: false,
  delete: false,
};
const key = (accessLevel: AccessLevel, status: KeyStatus = "active") => ({
  accessLevel,
  status,
  allowed: none,
  creatorManages: false,
});
const creators = (accessLevel: AccessLevel) => ({ ...key(accessLevel), creatorManages: true });

test.each([
  ["revoke", key("OWNER"), "Owner-level: only an owner can revoke it"],
  ["pause", key("OWNER"), "Owner-level: only an owner can pause it"],
  ["update", key("ADMIN"), "Admin-level: only an owner can edit it"],
  ["revoke", key("ADMIN"), "Admin-level: only an owner or an admin can revoke it"],
  ["resume", creators("ADMIN"), "Admin-level: only an owner or its creator can resume it"],
  ["pause", creators("ADMIN"), "Admin-level: only an owner or an admin can pause it"],
  ["delete", key("MEMBER"), "Only an owner can delete it"],
  ["roll", key("MEMBER", "revoked"), "The key is revoked, so it cannot be rolled"],
  ["revoke", key("MEMBER", "revoked"), "The key is revoked, so it cannot be revoked again"],
  ["delete", key("OWNER", "revoked"), "Owner-level: only an owner can delete it"],
  ["duplicate", key("MEMBER"), "Only owners generate keys in this organization"],
] as const)("[B2] says who may %s instead", (act, of, why) => {
  expect(whyNotKey(act, of)).toBe(why);
});

test("[B2] gives no reason for an allowed action", () => {
  expect(whyNotKey("roll", { ...key("OWNER"), allowed: { ...none, roll: true } })).toBeUndefined();
});

const acts = ["update", "roll", "pause", "revoke", "delete"] as const;

test("[B2] puts actions refused for the same reason into one sentence", () => {
  const together = "Owner-level: only an owner can edit, roll, pause, revoke or delete it";
  expect(whyNotKeys(acts, key("OWNER"))).toEqual(Object.fromEntries(acts.map((act) => [act, together])));
});

test("[B2] keeps different reasons apart, and leaves out allowed actions", () => {
  const all = { ...key("MEMBER", "expired"), allowed: { ...none, delete: true } };
  const late = "The key is expired, so it cannot be rolled or paused";
  expect(whyNotKeys([...acts, "duplicate"], all)).toEqual({
    update: "Only an owner can edit it",
    roll: late,
    pause: late,
    revoke: "Only an owner or an admin can revoke it",
    duplicate: "Only owners generate keys in this organization",
  });
});

test("[B2] says who can replace a key above the viewer's level or in a namespace they cannot access", () => {
  const namespace = { type: "application", id: "1", name: "Storefront" } as const;
  const generates = { ...none, duplicate: true };
  const replaced = { ...key("OWNER"), allowed: generates, namespace };
  expect(whyNotReplace({ ...replaced, viewerLevel: "OWNER" })).toBeUndefined();
  expect(whyNotReplace({ ...replaced, viewerLevel: "ADMIN" })).toBe(
    "Owner-level: only an owner of Storefront can generate one like it, and you are Admin there",
  );
  expect(whyNotReplace({ ...replaced, accessLevel: "ADMIN", viewerLevel: "MEMBER" })).toContain(
    "only an admin of Storefront",
  );
  expect(whyNotReplace({ ...replaced, viewerLevel: null })).toBe(
    "You have no access to Storefront, so you cannot generate keys there. An owner can give it",
  );
  expect(whyNotReplace({ ...replaced, allowed: none, viewerLevel: "ADMIN" })).toBe(
    "Only owners generate keys in this organization",
  );
});
