import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { accessLevels } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { readInvitation } from "@/lib/services/invitations/read-invitation";
import { recordedGuesses } from "@/lib/services/sessions/record-guesses";
import { signIn } from "@/lib/services/sessions/sign-in";
import { readPasswordLink } from "@/lib/services/users/password/read-password-link";
import { setFirstPassword } from "@/lib/services/users/password/set-first-password";

const api = provideTestApi();
let organization: TestOrganization;
let keys: Record<AccessLevel, TestKey>;
beforeEach(async () => {
  organization = await createTestOrganization("Users");
  const key = (accessLevel: AccessLevel) => createTestKey(organization, { accessLevel });
  keys = { OWNER: await key("OWNER"), ADMIN: await key("ADMIN"), MEMBER: await key("MEMBER") };
});

const send = (method: string, path: string, body: unknown, { token } = keys.OWNER) =>
  api.send(method, path, token, body);
const somebody = (over: object = {}) => ({
  email: `new-${randomUUID()}@example.com`,
  name: "Somebody New",
  access_level: "MEMBER",
  ...over,
});
const tokenOf = (link: string) => link.split("/").at(-1) ?? "";
const origin = () => ({ at: new Date(), address: "203.0.113.9", userAgent: null, requestId: null });
const password = "correct-horse-battery";

describe("creating a user", () => {
  test("[B5] OWNER creates ADMIN and MEMBER, ADMIN creates MEMBER, MEMBER creates none", async () => {
    const made: Record<string, string[]> = { OWNER: [], ADMIN: [], MEMBER: [] };
    for (const level of accessLevels) {
      for (const given of accessLevels) {
        const before = await databaseState();
        const reply = await send("POST", "/v1/users", somebody({ access_level: given }), keys[level]);
        if (reply.status === 201) made[level]?.push(given);
        else {
          expect(statusAndCode(reply), `${level} makes ${given}`).toEqual([403, "forbidden"]);
          expect(await databaseState()).toEqual(before);
        }
      }
    }
    expect(made).toEqual({ OWNER: ["MEMBER", "ADMIN"], ADMIN: ["MEMBER"], MEMBER: [] });
  });

  test("[B5] a new person is a member at once and sets a password once through the link", async () => {
    const input = somebody({ access_level: "ADMIN" });
    const { status, json } = await send("POST", "/v1/users", input);
    expect(status).toBe(201);
    expect(json).toMatchObject({ email: input.email, status: "created", user: input, mail: "off" });
    expect((await api.call(`/v1/users/${json.user.id}`, keys.OWNER.token)).json).toEqual(json.user);
    const token = tokenOf(json.password_link);
    const [stored] = await database().passwordLink.findMany({
      where: { userId: json.user.id },
      select: { tokenHash: true },
    });
    expect(Buffer.from(stored?.tokenHash ?? []).toString("base64url")).not.toContain(token);
    expect(await signIn({ email: input.email, password: "" }, origin())).toMatchObject({ ok: false });
    await recordedGuesses();

    const answers = await Promise.all([1, 2].map(() => setFirstPassword({ token, password }, origin())));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await signIn({ email: input.email, password }, origin())).toMatchObject({ ok: true });
    expect(await setFirstPassword({ token, password: "another-horse-battery" }, origin())).toMatchObject({
      code: "not_found",
    });
    expect(await readPasswordLink(token, new Date())).toBeNull();
    const actions = await database().auditEntry.findMany({
      where: { organizationId: organization.id, targetId: json.user.id },
      orderBy: { sequence: "asc" },
    });
    expect(actions.map(({ actorKind, action }) => `${actorKind} ${action}`)).toEqual([
      "key member.created",
      "system member.sign_in_failed",
      "user member.password_set",
      "user member.signed_in",
      "user member.signed_in",
    ]);
    expect(JSON.stringify(actions)).not.toContain(token);
  });

  test("[B5] a link works for seven days, and not after its person was removed", async () => {
    const { json } = await send("POST", "/v1/users", somebody());
    const token = tokenOf(json.password_link);
    const expiry = new Date(json.link_expires_at);
    expect(expiry.getTime() - Date.now()).toBeGreaterThan(6.9 * 24 * 3_600_000);
    expect(await readPasswordLink(token, new Date(expiry.getTime() - 1))).not.toBeNull();
    expect(await readPasswordLink(token, expiry)).toBeNull();
    expect((await send("DELETE", `/v1/users/${json.user.id}`, undefined)).status).toBe(204);
    expect(await setFirstPassword({ token, password }, origin())).toMatchObject({ code: "not_found" });
    // The account never belonged to anybody, so it can be created again.
    const again = await send("POST", "/v1/users", somebody({ email: json.email }));
    expect(again.json).toMatchObject({ status: "created", user: { id: json.user.id } });
    value(await setFirstPassword({ token: tokenOf(again.json.password_link), password }, origin()));
  });

  test("[B5] an email with an account is invited: nothing happens without the holder", async () => {
    const elsewhere = await createTestOrganization("Elsewhere");
    const theirKey = await createTestKey(elsewhere);
    // Created by another tenant, who has the link, so nothing proves that the account owns its email.
    const hijacked = await send("POST", "/v1/users", somebody(), theirKey);
    const { email } = hijacked.json;
    const input = somebody({ email, name: "Another Name", access_level: "ADMIN" });
    const invited = await send("POST", "/v1/users", input);
    expect(invited.status).toBe(201);
    expect(invited.json).toMatchObject({ status: "invited", user: null });
    expect(invited.json.password_link).toBeUndefined();
    value(await setFirstPassword({ token: tokenOf(hijacked.json.password_link), password }, origin()));
    const where = { organizationId: organization.id, user: { email } };
    expect(await database().member.count({ where })).toBe(0);
    expect(await database().user.findUnique({ where: { email } })).toMatchObject({ name: "Somebody New" });
    expect(await readInvitation(tokenOf(invited.json.invitation_link), new Date())).toMatchObject({
      email,
      accessLevel: "ADMIN",
      hasAccount: true,
    });
    // Even removed everywhere, the account belongs to somebody who has a password.
    await send("DELETE", `/v1/users/${hijacked.json.user.id}`, undefined, theirKey);
    expect((await send("POST", "/v1/users", input)).json).toMatchObject({ status: "invited" });
  });

  test("an existing member is a conflict, however they joined", async () => {
    const { json } = await send("POST", "/v1/users", somebody());
    const reply = await send("POST", "/v1/users", somebody({ email: json.email.toUpperCase() }));
    expect(statusAndCode(reply)).toEqual([409, "conflict"]);
    expect(reply.json.errors).toMatchObject([{ field: "email" }]);
  });

  test("fifty simultaneous requests for one email create one user", async () => {
    const input = somebody();
    const replies = await Promise.all(Array.from({ length: 50 }, () => send("POST", "/v1/users", input)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 201)) {
      expect(statusAndCode(reply)).toEqual([409, "conflict"]);
    }
    expect(await database().user.count({ where: { email: input.email } })).toBe(1);
    expect(await database().passwordLink.count({ where: { member: { user: { email: input.email } } } })).toBe(
      1,
    );
  });

  test("a request sent again with its idempotency key gives the same user, without the link", async () => {
    const input = somebody();
    const headers = { "Content-Type": "application/json", "Idempotency-Key": randomUUID() };
    const twice = () =>
      api.call("/v1/users", keys.OWNER.token, { method: "POST", headers, body: JSON.stringify(input) });
    const [first, second] = [await twice(), await twice()];
    const { password_link, ...rest } = first.json;
    expect(password_link).toContain("/set-password/");
    expect(second.status).toBe(201);
    expect(second.json).toEqual(rest);
  });
});

describe("changing and removing users", () => {
  test("[Y9] a level changes at once, only below the key's, and no key creates an OWNER", async () => {
    const { MEMBER, ADMIN, OWNER } = organization.userIds;
    const change = (userId: string, access_level: string, key = keys.OWNER) =>
      send("PATCH", `/v1/users/${userId}`, { access_level }, key);
    expect((await change(MEMBER, "ADMIN")).json).toMatchObject({ id: MEMBER, access_level: "ADMIN" });
    expect((await change(ADMIN, "ADMIN")).status).toBe(200);
    expect(statusAndCode(await change(MEMBER, "OWNER"))).toEqual([403, "forbidden"]);
    expect(statusAndCode(await change(MEMBER, "MEMBER", keys.ADMIN))).toEqual([403, "forbidden"]);
    expect(statusAndCode(await change(OWNER, "ADMIN"))).toEqual([409, "conflict"]);
  });

  test("[Y8] a removed user's keys end with the reason, and the last OWNER stays", async () => {
    const theirs = await createTestKey(organization, { creator: "ADMIN", accessLevel: "ADMIN" });
    expect((await send("DELETE", `/v1/users/${organization.userIds.ADMIN}`, undefined)).status).toBe(204);
    expect(statusAndCode(await api.call("/v1/me", theirs.token))).toEqual([401, "key_revoked"]);
    expect(await database().apiKey.findUnique({ where: { id: theirs.id } })).toMatchObject({
      revocationReason: "creator_removed",
    });
    const before = await databaseState();
    const last = await send("DELETE", `/v1/users/${organization.userIds.OWNER}`, undefined);
    expect(statusAndCode(last)).toEqual([409, "conflict"]);
    expect(await databaseState()).toEqual(before);
  });

  test("lists page, filter by email and by level", async () => {
    const first = (await api.call("/v1/users?limit=2", keys.OWNER.token)).json;
    expect(first.data).toHaveLength(2);
    const second = (await api.call(`/v1/users?limit=2&cursor=${first.next_cursor}`, keys.OWNER.token)).json;
    expect(second.next_cursor).toBeNull();
    const ids = [...first.data, ...second.data].map(({ id }: { id: string }) => id);
    expect(ids.sort()).toEqual(Object.values(organization.userIds).sort());
    const [one] = first.data;
    const byEmail = await api.call(`/v1/users?email=${encodeURIComponent(one.email)}`, keys.OWNER.token);
    expect(byEmail.json.data).toEqual([one]);
    const owners = await api.call("/v1/users?access_level=OWNER", keys.OWNER.token);
    expect(owners.json.data).toMatchObject([{ id: organization.userIds.OWNER }]);
  });
});
