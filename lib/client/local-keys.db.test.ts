import { expect, test } from "vitest";
import { provideLocalKeys } from "@/e2e/support/api/local-keys";
import { countedCalls } from "@/e2e/support/data/counted-calls";
import { createTestKey } from "@/e2e/support/data/test-key";
import { value } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { changeAccessLevelInput } from "@/lib/schemas/member";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { updateKey } from "@/lib/services/keys/update-key";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { removeMember } from "@/lib/services/members/remove-member";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { updateRole } from "@/lib/services/roles/update-role";

const { world, connect, asked, judged } = provideLocalKeys();

test("[L1] once a change is answered, no verdict uses the old state", async () => {
  const { organization, keys } = world();
  const owner = await organization.as("OWNER");
  const { ADMIN, MEMBER } = organization.userIds;
  const role = { organizationId: organization.id, roleId: "ic_viewer", title: "Viewer" };
  await database().role.create({ data: { ...role, permissions: ["ic:read"] } });
  const make = (name: string, over = {}) =>
    createTestKey(organization, { name, roles: ["ic_viewer", "full_access"], ...over });
  const [edited, rolled, revoked, deleted] = await Promise.all(
    ["a", "b", "c", "d"].map((name) => make(name)),
  );
  const admins = await make("e", { creator: "ADMIN", accessLevel: "ADMIN" });
  const members = await make("f", { creator: "MEMBER", accessLevel: "MEMBER" });
  const old = await make("g", { createdAt: new Date("2020-01-01T00:00:00.000Z") });
  const shown = { maximumLifetimeDays: 2000, at: owner.origin.at, now: 9, soon: 9 };
  if (!edited || !rolled || !revoked || !deleted) throw new Error("There are four");
  const tokens = [edited, rolled, revoked, deleted, admins, members, old].map(({ token }) => token);
  const written = { title: "Viewer", description: "", permissions: ["ic:write"], publishable: false };
  const level = (accessLevel: string) => changeAccessLevelInput.parse({ userId: ADMIN, accessLevel });
  const changes: [token: string, () => Promise<{ ok: boolean }>][] = [
    [edited.token, () => updateKey(owner, { keyId: edited.id, name: "Renamed", roles: ["ic_viewer"] })],
    [rolled.token, () => rollKey(owner, { keyId: rolled.id, graceSeconds: 0, version: 1 })],
    [
      edited.token,
      () => updateRole(owner, { ...role, ...written, seen: { ...written, permissions: ["ic:read"] } }),
    ],
    [admins.token, () => updateOrganization(owner, { name: "Local", keyCreators: "ADMIN" })],
    [old.token, () => updateOrganization(owner, { maximumLifetimeDays: 3000 })],
    [old.token, () => updateOrganization(owner, { maximumLifetimeDays: 2000, shown })],
    [old.token, () => updateOrganization(owner, { maximumLifetimeDays: null })],
    [admins.token, () => changeAccessLevel(owner, level("MEMBER"))],
    [admins.token, () => changeAccessLevel(owner, level("ADMIN"))],
    [edited.token, () => updateKey(owner, { keyId: edited.id, subject: "cus_2" })],
    [edited.token, () => updateKey(owner, { keyId: edited.id, metadata: '{ "n": 1.0 }' })],
    [revoked.token, () => revokeKey(owner, { keyId: revoked.id })],
    [deleted.token, () => deleteKey(owner, { keyId: deleted.id })],
    [members.token, () => removeMember(owner, { userId: MEMBER, transfers: [] })],
  ];
  for (const [changed, change] of changes) {
    for (const token of tokens) await judged(token);
    const before = keys.judge(changed, {});
    const answer = await change();
    // Checked without waiting: the client has either the new state or none.
    const locals = tokens.map((token) => keys.judge(token, {}));
    expect(answer).toMatchObject({ ok: true });
    for (const [index, local] of locals.entries()) {
      const now = await asked(tokens[index] ?? "");
      if (local !== undefined) expect(local).toEqual(now);
      // The key is loaded again in its new state.
      expect(await judged(tokens[index] ?? "")).toEqual(now);
    }
    if (before !== undefined) expect(keys.judge(changed, {})).not.toEqual(before);
  }
});

test("[L13] the verdict has the metadata as an object and as the text that was written", async () => {
  const { organization } = world();
  const text = '{ "b": 1.0, "id": 12345678901234567890 }';
  const key = await createTestKey(organization, { subject: "cus_1", metadata: text });
  const plain = await createTestKey(organization);
  for (const verify of [asked, judged]) {
    const parsed = { metadata: JSON.parse(text), metadata_json: text };
    expect(await verify(key.token)).toMatchObject({ subject: "cus_1", ...parsed });
    const none = { subject: null, metadata: null, metadata_json: null };
    expect(await verify(plain.token)).toMatchObject(none);
  }
  // All callers share one object, even for different keys with equal metadata.
  const twin = await createTestKey(organization, { metadata: text });
  const [one, other] = [await judged(key.token), await judged(twin.token)];
  if (!one.valid || !other.valid) throw new Error("Both are valid");
  expect(one.metadata).toBe(other.metadata);
  expect(() => Object.assign(one.metadata ?? {}, { b: 2 })).toThrow(TypeError);
});

test("a new key is judged locally once it arrives, and by the server until then", async () => {
  const { organization, caller } = world();
  const latchkey = connect(caller.token);
  const { token } = await createTestKey(organization);
  expect(await latchkey.verify(token)).toMatchObject({ code: "VALID" });
  await latchkey.ready();
  // A shared local verdict is frozen; one sent over HTTP is not.
  await expect
    .poll(async () => Object.isFrozen(await latchkey.verify(token)), { timeout: 20_000 })
    .toBe(true);
  await latchkey.close();
  expect(latchkey.isLocal()).toBe(false);
});

test("[L2] the server counts uses by outcome, caller and secret", async () => {
  const { organization } = world();
  const key = await createTestKey(organization, { roles: [] });
  await judged(key.token);
  for (let count = 0; count < 99; count++) await judged(key.token, { ip: "203.0.113.9" });
  await judged(key.token, { permissions: ["keys:read"] });
  const all = { VALID: 100, INSUFFICIENT_PERMISSIONS: 1 };
  await expect.poll(() => countedCalls(key.id), { timeout: 40_000 }).toEqual(all);
  const { lastUsedAt, lastUsedAddress, lastUsedClient } = await database().apiKey.findUniqueOrThrow({
    where: { id: key.id },
  });
  expect([lastUsedAddress, lastUsedClient]).toEqual(["203.0.113.9", "reports/1.0"]);
  expect(Math.abs(Date.now() - (lastUsedAt?.getTime() ?? 0))).toBeLessThan(30_000);
});

test("a client whose own key may no longer verify gets an error, and judges nothing locally", async () => {
  const { organization, caller } = world();
  const own = await createTestKey(organization, { roles: ["key_verifier"] });
  const latchkey = connect(own.token);
  await latchkey.ready();
  value(await revokeKey(await organization.as("OWNER"), { keyId: own.id }));
  await expect.poll(() => latchkey.isLocal()).toBe(false);
  await expect(latchkey.verify(caller.token)).rejects.toMatchObject({ code: "refused" });
});
