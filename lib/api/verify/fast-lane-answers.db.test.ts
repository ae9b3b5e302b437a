import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { countedCalls } from "@/e2e/support/data/counted-calls";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";

const api = provideTestApi();
let organization: TestOrganization;
/** The service behind the API, which verifies keys. */
let caller: TestKey;

beforeAll(async () => {
  organization = await createTestOrganization("Verify");
  caller = await createTestKey(organization, { roles: ["key_verifier"], accessLevel: "ADMIN" });
});

const ask = (body: unknown, token = caller.token, headers: Record<string, string> = {}) =>
  api.verify(body, token, headers);
const verify = async (key: string, demand: object = {}) => (await ask({ key, ...demand })).json;

describe("the answer about a good key", () => {
  test("[P1] describes it and what it may do", async () => {
    const key = await createTestKey(organization, {
      name: 'Ünï "code" </script>',
      creator: "ADMIN",
      accessLevel: "MEMBER",
      roles: ["read_only", "auditor"],
      expiresAt: new Date("2099-01-02T03:04:05.678Z"),
    });
    const { status, headers, json } = await ask({ key: key.token });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    const reads = ["applications:read", "organizations:read", "usergroups:read", "users:read"];
    expect(json).toEqual({
      valid: true,
      code: "VALID",
      key_id: formatKeyId(key.id),
      name: 'Ünï "code" </script>',
      subject: null,
      metadata: null,
      type: "secret",
      organization_id: organization.id,
      namespace: { type: "organization", id: organization.id },
      access_level: "MEMBER",
      roles: ["auditor", "read_only"],
      permissions: [...reads, "workspaces:read"],
      expires_at: "2099-01-02T03:04:05.678Z",
      expiry_set_by: "key",
      secret: "current",
      limited_by: [{ by: "access_level", level: "MEMBER", permissions: ["audit:read", "keys:read"] }],
    });
  });

  test("[J1] of a public key holds what may be published", async () => {
    const key = await createTestKey(organization, { type: "public", roles: ["read_only"] });
    const json = await verify(key.token);
    expect(json).toMatchObject({
      valid: true,
      type: "public",
      permissions: ["applications:read", "organizations:read"],
    });
    expect(json.limited_by[0]).toMatchObject({ by: "key_type" });
    expect(json.limited_by[0]).not.toHaveProperty("level");
  });

  test("[Y9] shrinks and grows with the creator's level, at once", async () => {
    const key = await createTestKey(organization, { creator: "ADMIN", roles: ["auditor"] });
    const where = {
      organizationId_userId: { organizationId: organization.id, userId: organization.userIds.ADMIN },
    };
    expect((await verify(key.token)).permissions).toEqual(["audit:read"]);
    await database().member.update({ where, data: { accessLevel: "MEMBER" } });
    expect(await verify(key.token)).toMatchObject({
      valid: true,
      permissions: [],
      limited_by: [{ by: "creator", level: "MEMBER", permissions: ["audit:read"] }],
    });
    await database().member.update({ where, data: { accessLevel: "ADMIN" } });
    expect((await verify(key.token)).permissions).toEqual(["audit:read"]);
  });
});

describe("a demand", () => {
  test("of permissions is met only by a key that has each of them", async () => {
    const key = await createTestKey(organization, { roles: ["auditor"] });
    expect(await verify(key.token, { permissions: ["audit:read"] })).toMatchObject({ code: "VALID" });
    expect(await verify(key.token, { permissions: [] })).toMatchObject({ code: "VALID" });
    expect(await verify(key.token, { permissions: ["audit:read", "keys:read"] })).toMatchObject({
      valid: false,
      code: "INSUFFICIENT_PERMISSIONS",
      key_id: formatKeyId(key.id),
      permissions: ["audit:read"],
    });
  });

  test("[P3] of a namespace is met only by a key of exactly that one", async () => {
    const application = await database().application.create({
      data: { organizationId: organization.id, name: "Shop" },
    });
    const place = { organizationId: organization.id, applicationId: application.id };
    await database().grant.create({
      data: { ...place, userId: organization.userIds.OWNER, accessLevel: "OWNER" },
    });
    const namespace = { type: "application", id: application.id } as const;
    const key = await createTestKey(organization, { namespace });
    expect(await verify(key.token, { namespace })).toMatchObject({ valid: true, namespace });
    const upper = { ...namespace, id: namespace.id.toUpperCase() };
    expect(await verify(key.token, { namespace: upper })).toMatchObject({ valid: true });
    const wider = { type: "organization", id: organization.id };
    expect(await verify(key.token, { namespace: wider })).toMatchObject({
      valid: false,
      code: "WRONG_NAMESPACE",
    });
  });
});

describe("the caller", () => {
  test.each([
    ["a key without keys:verify", { roles: ["auditor"] }],
    ["a key without roles", { roles: [] }],
    ["a key whose level does not allow it", { accessLevel: "MEMBER" }],
    ["a key whose creator may not", { creator: "MEMBER" }],
    ["a public key", { type: "public" }],
  ] as const)("is refused as %s", async (_, over) => {
    const asking = await createTestKey(organization, over);
    const { status, headers, json } = await ask({ key: caller.token }, asking.token);
    expect([status, json.code]).toEqual([403, "forbidden"]);
    expect(headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  });

  test("is refused before its body is read", async () => {
    const answer = await ask({ nonsense: 1 }, buildToken("secret", randomKeyId()), {
      "Content-Type": "text/plain",
    });
    expect([answer.status, answer.json.code]).toEqual([401, "key_unknown"]);
  });

  test("may be the key it asks about", async () => {
    expect(await verify(caller.token)).toMatchObject({ valid: true, key_id: formatKeyId(caller.id) });
  });
});

describe("[Y4] a verification", () => {
  async function used({ id }: TestKey) {
    await flushUsage();
    const key = await database().apiKey.findUniqueOrThrow({ where: { id }, include: { usageHours: true } });
    const good = key.usageHours.filter(({ outcome }) => outcome === "VALID");
    const calls = good.reduce((sum, hour) => sum + hour.calls, 0);
    return { calls, address: key.lastUsedAddress, client: key.lastUsedClient };
  }

  test("[L2] counts as a use of the valid key and of the calling key", async () => {
    const asking = await createTestKey(organization);
    const key = await createTestKey(organization);
    const agent = { "User-Agent": `agent\u0001/${"x".repeat(300)}`.replace("\u0001", "\t") };
    await ask({ key: key.token, ip: "2001:DB8::0:7" }, asking.token, agent);
    await ask({ key: key.token }, asking.token, agent);
    await ask({ key: key.token, ip: "2001:db8::7" }, asking.token, agent);
    const client = `agent/${"x".repeat(194)}`;
    expect(await used(key)).toEqual({ calls: 3, address: "2001:db8::7", client });
    expect(await used(asking)).toEqual({ calls: 3, address: "127.0.0.1", client });
  });

  test("is not a use of a refused key, but counts its outcome if the secret was correct", async () => {
    const key = await createTestKey(organization, { roles: [] });
    await ask({ key: key.token, permissions: ["keys:read"] });
    await ask({ key: buildToken("secret", key.id) });
    await endTestKey(key, { revokedAt: new Date() });
    await ask({ key: key.token });
    await ask({ key: caller.token }, key.token);
    expect(await used(key)).toEqual({ calls: 0, address: null, client: null });
    // Verified once while revoked, and presented once as a caller.
    expect(await countedCalls(key.id)).toEqual({ INSUFFICIENT_PERMISSIONS: 1, REVOKED: 2 });
  });
});

test("[Y3] no answer holds a token, whatever was asked", async () => {
  const key = await createTestKey(organization);
  const answers = await Promise.all([
    ask({ key: key.token }),
    ask({ key: key.token, [key.token]: 1 }),
    ask({ key: [key.token] }),
    ask({ key: "", ip: key.token, permissions: [key.token], namespace: { type: key.token } }),
    ask(key.token),
    ask({ key: key.token }, key.token.slice(0, -1)),
    ask({ key: key.token }, caller.token, { "Content-Type": key.token, "X-Request-Id": `${key.token}!` }),
  ]);
  for (const { text, headers } of answers) {
    expect(text + JSON.stringify([...headers])).not.toContain("lk_sk_");
  }
});
