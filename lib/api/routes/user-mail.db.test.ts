import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { changedTables, databaseState } from "@/e2e/permission-matrix/database-state";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { MailServer } from "@/e2e/support/processes/mail-server";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { database } from "@/lib/db/client";
import { acceptInvitationAsNew } from "@/lib/services/invitations/accept-invitation";
import { inviteMember } from "@/lib/services/invitations/invite-member";
import { readInvitation } from "@/lib/services/invitations/read-invitation";
import { signIn } from "@/lib/services/sessions/sign-in";
import { setFirstPassword } from "@/lib/services/users/password/set-first-password";

// Tests POST /v1/users with a mail server.
const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
let server: MailServer;
beforeEach(async () => {
  organization = await createTestOrganization("Users");
  key = await createTestKey(organization);
  server = await startMailServer();
  mailThrough(server.url);
});
afterEach(async () => {
  mailThrough(undefined);
  await server.close();
});

const send = (method: string, path: string, body: unknown, { token } = key) =>
  api.send(method, path, token, body);
const somebody = (over: object = {}) => ({
  email: `new-${randomUUID()}@example.com`,
  name: "Somebody New",
  access_level: "MEMBER",
  ...over,
});
const origin = () => ({ at: new Date(), address: "203.0.113.9", userAgent: null, requestId: null });
const password = "correct-horse-battery";
const mailed = (index = 0) =>
  /\/(?:set-password|invite)\/([\w-]{43})/.exec(server.received[index]?.body ?? "")?.[1] ?? "";

test("[B5] the link is only sent to the address: a caller cannot set a password for somebody else", async () => {
  const input = somebody();
  const { json } = await send("POST", "/v1/users", input);
  expect(json).toMatchObject({ status: "created", mail: "sent" });
  expect(json.password_link).toBeUndefined();
  expect(server.received.map(({ to }) => to)).toEqual([[input.email]]);
  expect(JSON.stringify(json)).not.toContain(mailed());
  value(await setFirstPassword({ token: mailed(), password }, origin()));
  expect(await signIn({ email: input.email, password }, origin())).toMatchObject({ ok: true });
  // Another organization's invitation is also only mailed to the holder, who accepts it.
  const theirKey = await createTestKey(await createTestOrganization("Another"));
  const invited = await send("POST", "/v1/users", input, theirKey);
  expect(invited.json).toMatchObject({ status: "invited", mail: "sent" });
  expect(invited.json.invitation_link).toBeUndefined();
});

test("an address that another tenant used first still belongs to its mailbox: an invitation opens the account", async () => {
  const theirKey = await createTestKey(await createTestOrganization("Squatting"));
  const squatted = await send("POST", "/v1/users", somebody({ name: "Visit evil" }), theirKey);
  const { email } = squatted.json;
  const invited = await send("POST", "/v1/users", somebody({ email }));
  expect(invited.json).toMatchObject({ status: "invited" });
  const token = mailed(1);
  expect(await readInvitation(token, new Date())).toMatchObject({ email, hasAccount: false });
  const joined = { token, name: "The Holder", password };
  value(await acceptInvitationAsNew(joined, origin()));
  expect(await database().user.findUnique({ where: { email } })).toMatchObject({ name: "The Holder" });
  expect(await signIn({ email, password }, origin())).toMatchObject({ ok: true });
  // The other tenant's link no longer sets a password.
  expect(await setFirstPassword({ token: mailed(0), password }, origin())).toMatchObject({ ok: false });
});

test("an invitation that is accepted after its person was created changes nothing", async () => {
  const input = somebody();
  const asked = { email: input.email, accessLevel: "ADMIN" as const };
  value(await inviteMember(await organization.as("OWNER"), asked));
  expect((await send("POST", "/v1/users", input)).json).toMatchObject({ status: "created" });
  const before = await databaseState();
  const accepted = await acceptInvitationAsNew({ token: mailed(0), name: "Me", password }, origin());
  expect(accepted).toMatchObject({ code: "conflict" });
  expect(await databaseState()).toEqual(before);
  value(await setFirstPassword({ token: mailed(1), password }, origin()));
});

test("mails are limited per address and creator; a refusal does nothing and says when to retry", async () => {
  const { email } = somebody();
  const creator = await createTestOrganization("Mailing");
  for (let time = 0; time < 5; time++) {
    const made = await send("POST", "/v1/users", somebody({ email }), await createTestKey(creator));
    expect(made.status).toBe(201);
    await send("DELETE", `/v1/users/${made.json.user.id}`, undefined, await createTestKey(creator));
  }
  const before = await databaseState();
  const refused = await send("POST", "/v1/users", somebody({ email }));
  expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_000);
  expect(changedTables(before, await databaseState()).filter((table) => table !== "throttles")).toEqual([]);
  expect(server.received).toHaveLength(5);
  // A refused caller has used up nothing, and others are served.
  expect((await send("POST", "/v1/users", somebody())).status).toBe(201);
});
