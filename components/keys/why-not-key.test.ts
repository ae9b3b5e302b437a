import { expect, test } from "vitest";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyStatus } from "@/lib/core/keys/key-status";
import type { KeyAllowed } from "@/lib/services/keys/read/key-view";
import { whyNotKey, whyNotKeys } from "./why-not-key";

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
  ["duplicate", key("MEMBER"), "You may not generate keys in this organization"],
] as const)("[B2] says who may %s instead", (act, of, why) => {
  expect(whyNotKey(act, of)).toBe(why);
});

test("[B2] says nothing about what is allowed", () => {
  expect(whyNotKey("roll", { ...key("OWNER"), allowed: { ...none, roll: true } })).toBeUndefined();
});

const acts = ["update", "roll", "pause", "revoke", "delete"] as const;

test("[B2] says one reason against several acts once, with all of them in it", () => {
  const together = "Owner-level: only an owner can edit, roll, pause, revoke or delete it";
  expect(whyNotKeys(acts, key("OWNER"))).toEqual(Object.fromEntries(acts.map((act) => [act, together])));
});

test("[B2] keeps reasons apart that differ, and leaves out what is allowed", () => {
  const all = { ...key("MEMBER", "expired"), allowed: { ...none, delete: true } };
  const late = "The key is expired, so it cannot be rolled or paused";
  expect(whyNotKeys([...acts, "duplicate"], all)).toEqual({
    update: "Only an owner can edit it",
    roll: late,
    pause: late,
    revoke: "Only an owner or an admin can revoke it",
    duplicate: "You may not generate keys in this organization",
  });
});
