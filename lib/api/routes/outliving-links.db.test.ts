import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { acceptInvitation, acceptInvitationAsNew } from "@/lib/services/invitations/accept-invitation";
import { inviteMember } from "@/lib/services/invitations/invite-member";
import { readInvitation } from "@/lib/services/invitations/read-invitation";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { readPasswordLink } from "@/lib/services/users/password/read-password-link";
import { setFirstPassword } from "@/lib/services/users/password/set-first-password";

const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Links");
  key = await createTestKey(organization, { accessLevel: "ADMIN" });
});

const origin = () => ({ at: new Date(), address: "203.0.113.9", userAgent: null, requestId: null });
const send = (path: string, token: string, body: object) => api.send("POST", path, token, body);
async function tokensOf(client: TestKey) {
  const { json } = await postForm(api, "token", { grant_type: "client_credentials" }, basicOf(client));
  return { access: json.access_token as string, refresh: json.refresh_token as string };
}
const invite = (email: string) => ({ email, name: "Invited", access_level: "MEMBER" });
const person = (address: string) => ({ name: "Ana Sousa", password, token: address.split("/").at(-1) ?? "" });
const password = "correct-horse-battery";

/**
 * Creates two links with this credential. Returns a function that tells whether each page shows its link, and whether
 * each link is accepted.
 */
async function madeBy(credential: string) {
  const elsewhere = await createTestOrganization("Elsewhere");
  const { email: known } = (await elsewhere.as("MEMBER")).actor;
  const made = await send("/v1/users", credential, invite(`${randomUUID()}@example.com`));
  const invited = await send("/v1/users", credential, invite(known));
  expect([made.json.status, invited.json.status]).toEqual(["created", "invited"]);
  const first = person(made.json.password_link);
  const { token } = person(invited.json.invitation_link);
  return async () => {
    const now = new Date();
    return [
      (await readPasswordLink(first.token, now)) !== null,
      (await readInvitation(token, now)) !== null,
      (await setFirstPassword(first, origin())).ok,
      (await acceptInvitation((await elsewhere.as("MEMBER")).actor, { token }, origin())).ok,
    ];
  };
}
// Links end with the key: its expiry never changes, and no link gets a later one.
const over = [false, false, false, false];
const good = [true, true, true, true];
const owner = () => organization.as("OWNER");

test("a person's link ends when the key that created it is revoked or deleted, or its token's family ends", async () => {
  const endings: ((refresh: string) => Promise<unknown>)[] = [
    async () => value(await revokeKey(await owner(), { keyId: key.id })),
    async () => value(await deleteKey(await owner(), { keyId: key.id })),
    (refresh) => postForm(api, "revoke", { token: refresh }, basicOf(key)),
  ];
  for (const [index, end] of endings.entries()) {
    key = await createTestKey(organization, { accessLevel: "ADMIN" });
    const { access, refresh } = await tokensOf(key);
    const [byKey, byToken] = [await madeBy(key.token), await madeBy(access)];
    await end(refresh);
    expect(await byToken(), `ending ${index}`).toEqual(over);
    // The end of a family is not the end of its key.
    expect(await byKey(), `ending ${index}`).toEqual(index === 2 ? good : over);
  }
});

test("a person's link survives a roll of the key, and a link created by a person survives the end of their keys", async () => {
  const byKey = await madeBy(key.token);
  value(await rollKey(await owner(), { keyId: key.id, graceSeconds: 0 }));
  expect(await byKey()).toEqual(good);

  const email = `${randomUUID()}@example.com`;
  const { token } = value(await inviteMember(await owner(), { email, accessLevel: "MEMBER" }));
  value(await revokeKey(await owner(), { keyId: key.id }));
  const joining = { ...person(`/${token}`), email };
  expect(await acceptInvitationAsNew(joining, origin())).toMatchObject({ ok: true });
});
