import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, setTestLevel, value } from "@/e2e/support/data/test-organization";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { acceptInvitationAsNew } from "@/lib/services/invitations/accept-invitation";
import { inviteMember } from "@/lib/services/invitations/invite-member";
import { readInvitation } from "@/lib/services/invitations/read-invitation";

const api = provideTestApi();
let organization: TestOrganization;
let keys: Record<AccessLevel, TestKey>;
beforeEach(async () => {
  organization = await createTestOrganization("Invitations");
  const key = (accessLevel: AccessLevel) => createTestKey(organization, { accessLevel });
  keys = { OWNER: await key("OWNER"), ADMIN: await key("ADMIN"), MEMBER: await key("MEMBER") };
});

const somebody = (access_level: AccessLevel = "MEMBER") => ({
  email: `new-${randomUUID()}@example.com`,
  access_level,
});
const invite = (body: object, { token } = keys.OWNER, headers = {}) =>
  api.send("POST", "/v1/invitations", token, body, headers);
const tokenOf = (link: string) => link.split("/").at(-1) ?? "";
const origin = () => ({ at: new Date(), address: "203.0.113.9", userAgent: null, requestId: null });
const person = (link: string) => ({
  token: tokenOf(link),
  name: "Ana Sousa",
  password: "correct-horse-battery",
});

test("[B5] OWNER invites to ADMIN and MEMBER, ADMIN to MEMBER, MEMBER nobody", async () => {
  const made: Record<string, string[]> = { OWNER: [], ADMIN: [], MEMBER: [] };
  for (const level of accessLevels) {
    for (const given of accessLevels) {
      const before = await databaseState();
      const reply = await invite(somebody(given), keys[level]);
      if (reply.status === 201) made[level]?.push(given);
      else {
        expect(statusAndCode(reply), `${level} invites ${given}`).toEqual([403, "forbidden"]);
        expect(await databaseState()).toEqual(before);
      }
    }
  }
  expect(made).toEqual({ OWNER: ["MEMBER", "ADMIN"], ADMIN: ["MEMBER"], MEMBER: [] });
});

test("an invitation is created, listed, read, accepted, and gone", async () => {
  const input = somebody("ADMIN");
  const { status, json } = await invite(input);
  expect(status).toBe(201);
  expect(json).toMatchObject({ ...input, mail: "off" });
  const { token } = keys.OWNER;
  const read = (await api.call(`/v1/invitations/${json.id}`, token)).json;
  expect(read).toMatchObject({
    id: json.id,
    ...input,
    created_by: { id: organization.userIds.OWNER },
    created_by_key_id: `key_${keys.OWNER.id}`,
    expires_at: json.expires_at,
  });
  expect(JSON.stringify(read)).not.toContain(tokenOf(json.invitation_link));
  expect((await api.call("/v1/invitations", token)).json.data).toEqual([read]);
  expect((await api.call("/v1/invitations", keys.ADMIN.token)).json.data).toEqual([]);
  value(await acceptInvitationAsNew(person(json.invitation_link), origin()));
  expect((await api.call(`/v1/invitations/${json.id}`, token)).status).toBe(404);
  const members = await api.call(`/v1/users?email=${encodeURIComponent(input.email)}`, token);
  expect(members.json.data).toMatchObject([{ access_level: "ADMIN" }]);
  expect(statusAndCode(await invite(input))).toEqual([409, "conflict"]);
});

test("a request sent again gets the same invitation, without the link, which is stored nowhere", async () => {
  const headers = { "Idempotency-Key": randomUUID() };
  const input = somebody();
  const [first, second] = [
    await invite(input, keys.OWNER, headers),
    await invite(input, keys.OWNER, headers),
  ];
  const { invitation_link, ...rest } = first.json;
  expect(invitation_link).toContain("/invite/");
  expect(second.json).toEqual({ ...rest, note: expect.stringContaining("invite the person again") });
  const stored = await database().idempotentRequest.findMany();
  expect(JSON.stringify(stored)).not.toContain(tokenOf(invitation_link));
  expect(await database().invitation.count({ where: { email: input.email } })).toBe(1);
});

test("a revoked invitation is closed at once; revoking it again is 404", async () => {
  const { json } = await invite(somebody());
  const revoke = () => api.send("DELETE", `/v1/invitations/${json.id}`, keys.ADMIN.token);
  expect((await revoke()).status).toBe(204);
  expect(await readInvitation(tokenOf(json.invitation_link), new Date())).toBeNull();
  expect((await acceptInvitationAsNew(person(json.invitation_link), origin())).ok).toBe(false);
  expect((await revoke()).status).toBe(404);
  const [entry] = await database().auditEntry.findMany({
    where: { action: "invitation.revoked", targetId: json.id },
  });
  expect(entry).toMatchObject({ actorKind: "key", actorKeyId: keys.ADMIN.id });
});

test("a key neither sees, nor revokes, nor replaces an invitation to its own level", async () => {
  const owner = await organization.as("OWNER");
  const { email } = somebody();
  const { id } = value(await inviteMember(owner, { email, accessLevel: "OWNER" }));
  const before = await databaseState();
  const { token } = keys.OWNER;
  expect((await api.call(`/v1/invitations/${id}`, token)).status).toBe(404);
  expect((await api.send("DELETE", `/v1/invitations/${id}`, token)).status).toBe(404);
  expect(statusAndCode(await invite({ email, access_level: "ADMIN" }))).toEqual([409, "conflict"]);
  expect(await databaseState()).toEqual(before);
});

test("a link ends with the key that made it, its token and its creator's level", async () => {
  const open = async (link: string) => (await readInvitation(tokenOf(link), new Date())) !== null;
  const byKey = (await invite(somebody("ADMIN"), keys.OWNER)).json.invitation_link;
  const form = { grant_type: "client_credentials" };
  const { json } = await postForm(api, "token", form, basicOf(keys.ADMIN));
  const byToken = (await invite(somebody(), { id: "", token: json.access_token })).json.invitation_link;
  expect([await open(byKey), await open(byToken)]).toEqual([true, true]);
  await postForm(api, "revoke", { token: json.refresh_token }, basicOf(keys.ADMIN));
  expect([await open(byKey), await open(byToken)]).toEqual([true, false]);
  await setTestLevel(organization, organization.userIds.OWNER, "ADMIN");
  expect(await open(byKey)).toBe(false);
  await setTestLevel(organization, organization.userIds.OWNER, "OWNER");
  expect(await open(byKey)).toBe(true);
  await pauseTestKey(keys.OWNER.id);
  expect(await open(byKey)).toBe(false);
});

test("twenty simultaneous invitations of one email leave one open", async () => {
  const input = somebody();
  const replies = await Promise.all(Array.from({ length: 20 }, () => invite(input)));
  for (const { status } of replies) expect([201, 409]).toContain(status);
  const where = { email: input.email, revokedAt: null };
  expect(await database().invitation.count({ where })).toBe(1);
});

test("of a simultaneous acceptance and revocation, one wins", async () => {
  for (let round = 0; round < 5; round++) {
    const { json } = await invite(somebody());
    const [accepted, revoked] = await Promise.all([
      acceptInvitationAsNew(person(json.invitation_link), origin()),
      api.send("DELETE", `/v1/invitations/${json.id}`, keys.OWNER.token),
    ]);
    expect([accepted.ok, revoked.status === 204].filter(Boolean)).toHaveLength(1);
  }
});

test("the list pages and finds an email", async () => {
  const made = [somebody(), somebody(), somebody()];
  for (const input of made) await invite(input);
  const { token } = keys.OWNER;
  const first = (await api.call("/v1/invitations?limit=2", token)).json;
  const second = (await api.call(`/v1/invitations?limit=2&cursor=${first.next_cursor}`, token)).json;
  const emails = [...first.data, ...second.data].map((row: { email: string }) => row.email);
  expect(emails).toEqual(made.map(({ email }) => email));
  const found = await api.call(`/v1/invitations?email=${encodeURIComponent(made[1]?.email ?? "")}`, token);
  expect(found.json.data).toMatchObject([made[1]]);
});
