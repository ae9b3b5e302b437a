import { beforeEach, describe, expect, test } from "vitest";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { endGrace } from "@/lib/services/keys/end-grace";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { reportLeaks } from "@/lib/services/leaks/report-leaks";
import { changeAccessLevel } from "@/lib/services/members/change-access-level";
import { removeMember } from "@/lib/services/members/remove-member";

const api = provideTestApi();
let organization: TestOrganization;
let key: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Outliving");
  await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "ADMIN" } });
  key = await createTestKey(organization, { accessLevel: "ADMIN" });
});

const soon = () => new Date(Date.now() + 10 * 60 * 1000).toISOString();
const send = (path: string, token: string, body: object, headers = {}) =>
  api.send("POST", path, token, body, headers);
const wanted = (over: object = {}) => ({
  name: "Made",
  access_level: "MEMBER",
  roles: ["read_only"],
  ...over,
});

async function tokens(form: Record<string, string> = {}) {
  const { json } = await postForm(api, "token", { grant_type: "client_credentials", ...form }, basicOf(key));
  return { access: json.access_token as string, refresh: json.refresh_token as string };
}

/** A key created by a token that acts for the ADMIN. */
async function madeForAdmin() {
  const { access, refresh } = await tokens({ user: organization.userIds.ADMIN });
  const { status, json } = await send("/v1/keys", access, wanted({ expires_at: soon() }));
  expect(status).toBe(201);
  return { access, refresh, id: json.id as string, token: json.token as string };
}
const statusOf = async (token: string) => (await api.call("/v1/me", token)).status;

test("a key with allowed addresses and an end rolls no key without them", async () => {
  const expiresAt = new Date(Date.now() + 60 * 60 * 1000);
  const bound = await createTestKey(organization, { allowedAddresses: ["127.0.0.1/32"], expiresAt });
  const roll = async (victim: TestKey) =>
    (await send(`/v1/keys/${formatKeyId(victim.id)}/roll`, bound.token, {})).status;
  const allowedAddresses = ["127.0.0.1/32"];
  expect(await roll(key)).toBe(400);
  expect(await roll(await createTestKey(organization, { accessLevel: "ADMIN", expiresAt }))).toBe(403);
  expect(await roll(await createTestKey(organization, { accessLevel: "ADMIN", allowedAddresses }))).toBe(400);
  expect(
    await roll(await createTestKey(organization, { accessLevel: "ADMIN", allowedAddresses, expiresAt })),
  ).toBe(200);
  expect(await roll(bound)).toBe(200);
});

test("an access token creates no key that outlives its family, and rolls only keys it created", async () => {
  const { access } = await tokens();
  expect((await send("/v1/keys", access, wanted())).json).toMatchObject({
    code: "invalid_request",
    errors: [{ field: "expires_at" }],
  });
  const made = await send("/v1/keys", access, wanted({ expires_at: soon() }));
  expect(made.status).toBe(201);
  expect((await send(`/v1/keys/${made.json.id}/roll`, access, {})).status).toBe(200);
  const other = await createTestKey(organization, { accessLevel: "MEMBER", expiresAt: new Date(soon()) });
  expect((await send(`/v1/keys/${formatKeyId(other.id)}/roll`, access, {})).status).toBe(403);
});

describe("a key that was made for a user ends", () => {
  test("with their membership, and the audit log names the user", async () => {
    const { id, token } = await madeForAdmin();
    expect(await statusOf(token)).toBe(200);
    const events = await api.call(
      "/v1/audit-events?action=key.generated",
      (await createTestKey(organization)).token,
    );
    expect(events.json.data[0]).toMatchObject({
      target: { id },
      actor: { type: "key", id: formatKeyId(key.id) },
      on_behalf_of: organization.userIds.ADMIN,
    });
    value(
      await removeMember(await organization.as("OWNER"), {
        userId: organization.userIds.ADMIN,
        transfers: [],
      }),
    );
    expect(await statusOf(token)).toBe(401);
    const [revoked] = await database().auditEntry.findMany({
      where: { action: "key.revoked", targetId: id.slice(4) },
    });
    expect(revoked?.details).toEqual({ reason: "creator_removed" });
  });

  test("with the family of its token, and with a level that is below it", async () => {
    const one = await madeForAdmin();
    await postForm(api, "revoke", { token: one.refresh }, basicOf(key));
    expect(await statusOf(one.token)).toBe(401);
    expect((await send("/v1/keys", one.access, wanted({ expires_at: soon() }))).status).toBe(401);

    // The person starts as an OWNER, so that their level can drop.
    const userId = organization.userIds.ADMIN;
    const change = { userId, transfers: [] };
    const owner = await organization.as("OWNER");
    value(await changeAccessLevel(owner, { ...change, accessLevel: "OWNER" }));
    key = await createTestKey(organization);
    const { access } = await tokens({ user: userId });
    const make = async (access_level: string) =>
      (await send("/v1/keys", access, wanted({ access_level, expires_at: soon() }))).json.token;
    const [above, below] = [await make("ADMIN"), await make("MEMBER")];
    value(await changeAccessLevel(owner, { ...change, accessLevel: "MEMBER" }));
    expect([await statusOf(above), await statusOf(below)]).toEqual([401, 200]);
  });
});

/**
 * Three generations: a key created by a token of an owner's key, one that this key creates, and one that its token
 * creates.
 */
async function generations() {
  key = await createTestKey(organization);
  const { access, refresh } = await tokens();
  const expires_at = soon();
  const make = async (by: string, access_level: string) => {
    const body = wanted({ access_level, roles: ["key_manager", "token_issuer"], expires_at });
    const { status, json } = await send("/v1/keys", by, body);
    expect(status).toBe(201);
    return { id: json.id.slice(4) as string, token: json.token as string };
  };
  const child = await make(access, "ADMIN");
  const ofChild = await postForm(api, "token", { grant_type: "client_credentials" }, basicOf(child));
  const made = [child, await make(child.token, "MEMBER"), await make(ofChild.json.access_token, "MEMBER")];
  return { refresh, child, made, statuses: () => Promise.all(made.map(({ token }) => statusOf(token))) };
}

describe("what tokens created, through any number of keys, ends", () => {
  test("with the family that created the first key", async () => {
    const { refresh, statuses } = await generations();
    expect(await statuses()).toEqual([200, 200, 200]);
    await postForm(api, "revoke", { token: refresh }, basicOf(key));
    expect(await statuses()).toEqual([401, 401, 401]);
  });

  const owner = () => organization.as("OWNER");
  const roll = async (over: object) => value(await rollKey(await owner(), { keyId: key.id, ...over }));
  const found = () => [{ token: key.token, url: "https://example.com/leak", source: "content" }];
  const origin = () => owner().then((context) => context.origin);
  const endings: Record<string, () => Promise<unknown>> = {
    "is revoked": async () => revokeKey(await owner(), { keyId: key.id }),
    "is deleted": async () => deleteKey(await owner(), { keyId: key.id }),
    leaked: async () => reportLeaks(found(), "a scanner", await origin()),
    "is rolled without a grace": () => roll({ graceSeconds: 0 }),
    "has its grace ended": async () => {
      await roll({ graceSeconds: 3600 });
      return endGrace(await owner(), { keyId: key.id });
    },
    "has its previous secret superseded": async () => {
      const { version } = await roll({ graceSeconds: 3600 });
      return roll({ version, supersede: true });
    },
  };
  test.each(Object.keys(endings))("when the key of the tokens %s", async (ending) => {
    const { statuses } = await generations();
    const byItself = await send("/v1/keys", key.token, wanted());
    await endings[ending]?.();
    expect(await statuses()).toEqual([401, 401, 401]);
    expect(await statusOf(byItself.json.token)).toBe(200);
  });

  test("when the creator of that key leaves, whoever got the other keys", async () => {
    key = await createTestKey(organization, { creator: "ADMIN" });
    const { access } = await tokens();
    const { json } = await send("/v1/keys", access, wanted({ expires_at: soon() }));
    const transfers = [{ keyId: json.id.slice(4), toUserId: organization.userIds.OWNER }];
    value(await removeMember(await owner(), { userId: organization.userIds.ADMIN, transfers }));
    expect(await statusOf(json.token)).toBe(401);
  });

  test("but not while a previous secret is in its grace", async () => {
    const { statuses } = await generations();
    await roll({ graceSeconds: 3600 });
    expect(await statuses()).toEqual([200, 200, 200]);
  });
});

test("a key created by a token rolls no key that outlives the token's family", async () => {
  const { child, made } = await generations();
  const roll = async (id: string) => (await send(`/v1/keys/${formatKeyId(id)}/roll`, child.token, {})).status;
  const other = await createTestKey(organization, {
    accessLevel: "MEMBER",
    roles: ["read_only"],
    expiresAt: new Date(Date.now() + 60_000),
  });
  expect(await roll(other.id)).toBe(403);
  expect(await roll(made[1]?.id ?? "")).toBe(200);
  expect(await roll(child.id)).toBe(200);
});

test("the chain covers the user a key acted for", async () => {
  const { id } = await madeForAdmin();
  const chain = async () =>
    (await verifyAuditChains()).find((check) => check.organization === organization.slug)?.fault;
  expect(await chain()).toBeNull();
  await database().$executeRawUnsafe("ALTER TABLE audit_entries DISABLE TRIGGER USER");
  await database().auditEntry.updateMany({ where: { targetId: id.slice(4) }, data: { onBehalfOfId: null } });
  await database().$executeRawUnsafe("ALTER TABLE audit_entries ENABLE TRIGGER USER");
  expect(await chain()).not.toBeNull();
});

test("a token does not get its key's stored answer to a request it could not have made", async () => {
  const once = { "Idempotency-Key": "once" };
  const body = wanted({ expires_at: soon() });
  expect((await send("/v1/keys", key.token, body, once)).status).toBe(201);
  const narrow = await tokens({ scope: "users:read" });
  expect((await send("/v1/keys", narrow.access, body, once)).json).toMatchObject({ code: "forbidden" });
  const wide = await tokens();
  expect((await send("/v1/keys", wide.access, body, once)).status).toBe(201);
});
