import { expect, test } from "vitest";
import type { KeyTrail, TrailEntry } from "./key-powers";
import { keyPowersAt } from "./key-powers";

const day = (number: number) => new Date(Date.UTC(2026, 10, number, 12));
const entry = (number: number, action: string, details: TrailEntry["details"] = {}): TrailEntry => ({
  ...{ at: day(number), action, details },
});
const made = (details: TrailEntry["details"] = {}) =>
  entry(2, "key.generated", { type: "secret", accessLevel: "OWNER", roles: ["support"], ...details });
const created = entry(1, "role.created", {
  ...{ roleId: "support", permissions: ["users:read", "users:delete"], publishable: false },
});
const trail = (key: TrailEntry[], over: Partial<KeyTrail> = {}): KeyTrail => ({
  ...{
    key,
    roles: [created],
    settings: [],
    rolesNow: [],
    keyCreatorsNow: "OWNER",
    maximumNow: null,
    isExempt: false,
    isCut: false,
    ...over,
  },
});
const powers = (key: TrailEntry[], number: number, over: Partial<KeyTrail> = {}) =>
  keyPowersAt(trail(key, over), day(number));

test("[L7] what a key could do is unknown where the entries of its creation are no longer kept", () => {
  const later = [entry(5, "key.paused")];
  expect(powers(later, 6)).toEqual({ state: "absent" });
  expect(powers(later, 6, { isCut: true })).toEqual({ state: "unknown" });
  expect(powers([made()], 1, { isCut: true })).toEqual({ state: "absent" });
  expect(powers([made()], 3, { isCut: true })).toMatchObject({ state: "active" });
});

test("[L7] a key could do nothing before it was made", () => {
  expect(powers([made()], 1)).toEqual({ state: "absent" });
  expect(powers([], 9)).toEqual({ state: "absent" });
});

test("[L7] a key had the roles, and each role the permissions, of that day", () => {
  const key = [made(), entry(6, "key.updated", { rolesBefore: ["support"], roles: ["read_only"] })];
  const narrowed = entry(4, "role.updated", {
    ...{ roleId: "support", permissionsBefore: ["users:read", "users:delete"], permissions: ["users:read"] },
  });
  const over = { roles: [created, narrowed] };
  expect(powers(key, 3, over)).toMatchObject({ permissions: ["users:delete", "users:read"] });
  expect(powers(key, 5, over)).toMatchObject({ roles: ["support"], permissions: ["users:read"] });
  expect(powers(key, 7, over)).toMatchObject({ roles: ["read_only"] });
  // A role from before the trail: its first change tells what it replaced. Without a change it is as it is now.
  expect(powers(key, 3, { roles: [narrowed] })).toMatchObject({
    permissions: ["users:delete", "users:read"],
  });
  const now = { id: "support", title: "", description: "", permissions: ["keys:read"], publishable: false };
  expect(powers(key, 3, { roles: [], rolesNow: [now] })).toMatchObject({ permissions: ["keys:read"] });
});

test("[L7] a deleted role is named, and a later role with the same id is not mistaken for it", () => {
  expect(powers([made()], 3, { roles: [] })).toMatchObject({ unknownRoles: ["support"], permissions: [] });
  const roles = [created, entry(3, "role.deleted", { roleId: "support" }), { ...created, at: day(8) }];
  expect(powers([made()], 5, { roles })).toMatchObject({ unknownRoles: ["support"] });
});

test("[L7] the level, the type and the setting of that day bound it", () => {
  expect(powers([made({ accessLevel: "MEMBER" })], 3)).toMatchObject({ permissions: ["users:read"] });
  expect(powers([made({ type: "public" })], 3)).toMatchObject({ permissions: [] });
  const key = [made({ accessLevel: "ADMIN", roles: ["key_manager"] })];
  const changed = entry(5, "organization.updated", { keyCreatorsBefore: "ADMIN", keyCreators: "OWNER" });
  const settings = [changed];
  expect(powers(key, 3, { settings })).toMatchObject({
    permissions: expect.arrayContaining(["keys:create"]),
  });
  expect(powers(key, 6, { settings })).toMatchObject({
    permissions: expect.not.arrayContaining(["keys:create"]),
  });
});

test("[L7] a key that was paused, ended or expired could do nothing", () => {
  const key = [
    ...[made({ expiresAt: day(20).toISOString() }), entry(3, "key.paused"), entry(5, "key.resumed")],
    ...[entry(22, "key.revoked"), entry(24, "key.deleted")],
  ];
  const states = [2, 3, 4, 5, 19, 20, 21, 22, 25].map((number) => powers(key, number).state);
  expect(states).toEqual([
    ...["active", "paused", "paused", "active", "active", "expired", "expired", "revoked", "deleted"],
  ]);
  expect(powers(key, 4)).toMatchObject({ permissions: [], roles: ["support"] });
  const shortened = entry(8, "organization.updated", {
    maximumLifetimeDaysBefore: null,
    maximumLifetimeDays: 5,
  });
  const settings = [shortened];
  expect([7, 9].map((number) => powers([made()], number, { settings }).state)).toEqual(["active", "expired"]);
  expect(powers([made()], 9, { settings, isExempt: true })).toMatchObject({ state: "active" });
});
