import { expect, test } from "vitest";
import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyStatus } from "@/lib/core/keys/key-status";
import type { KeyAllowed } from "@/lib/services/keys/read/key-view";
import { whyNotKey } from "./why-not-key";

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
});

test.each([
  ["revoke", key("OWNER"), "Owner-level: only an owner can revoke it"],
  ["pause", key("OWNER"), "Owner-level: only an owner can pause it"],
  ["update", key("ADMIN"), "Admin-level: only an owner can edit it"],
  ["revoke", key("ADMIN"), "Admin-level: only an owner or an admin can revoke it"],
  ["delete", key("MEMBER"), "Only an owner can delete it"],
  ["roll", key("MEMBER", "revoked"), "The key is revoked, so it cannot be rolled"],
  ["revoke", key("MEMBER", "revoked"), "The key is revoked already"],
  ["delete", key("OWNER", "revoked"), "Owner-level: only an owner can delete it"],
  ["duplicate", key("MEMBER"), "You may not generate keys in this organization"],
] as const)("[B2] says who may %s instead", (act, of, why) => {
  expect(whyNotKey(act, of)).toBe(why);
});

test("[B2] says nothing about what is allowed", () => {
  expect(whyNotKey("roll", { ...key("OWNER"), allowed: { ...none, roll: true } })).toBeUndefined();
});
