import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { ApiServer } from "@/e2e/support/api-server";
import { startApiServer } from "@/e2e/support/api-server";
import { openTestDatabase } from "@/e2e/support/test-database";
import type { TestKey } from "@/e2e/support/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/test-key";
import type { TestOrganization } from "@/e2e/support/test-organization";
import { createTestOrganization, value } from "@/e2e/support/test-organization";
import { formatKeyId } from "@/lib/core/key-id";
import { database } from "@/lib/db/client";
import { rollKey } from "@/lib/services/keys/roll-key";
import { buildToken, randomKeyId } from "@/lib/token/format";
import { flushUsage } from "@/lib/verify/usage-recorder";

let closeDatabase: () => Promise<void>;
let server: ApiServer;
let organization: TestOrganization;
let other: TestOrganization;
/** The service behind the API, which asks. */
let caller: TestKey;

beforeAll(async () => {
  ({ close: closeDatabase } = await openTestDatabase());
  server = await startApiServer();
  organization = await createTestOrganization("Verify");
  other = await createTestOrganization("Other");
  caller = await createTestKey(organization, { roles: ["key_verifier"], accessLevel: "ADMIN" });
});
afterAll(async () => {
  await server.close();
  await closeDatabase();
});
afterEach(() => {
  vi.useRealTimers();
});

async function ask(body: unknown, token: string | null = caller.token, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/v1/keys/verify`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}

const verify = async (key: string, demand: object = {}) => (await ask({ key, ...demand })).json;

const hourMs = 3_600_000;
const moment = new Date("2026-06-01T12:00:00.000Z");
const at = (ms: number) => vi.setSystemTime(moment.getTime() + ms);

describe("the answer about a good key", () => {
  test("[P1] says what it is and what it may do", async () => {
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
      type: "secret",
      organization_id: organization.id,
      namespace: { type: "organization", id: organization.id },
      access_level: "MEMBER",
      roles: ["auditor", "read_only"],
      permissions: [...reads, "workspaces:read"],
      expires_at: "2099-01-02T03:04:05.678Z",
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

  test("[Y9] shrinks and grows with the level of who created it, at once", async () => {
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

describe("[J3] the answer about a key that is no good", () => {
  test("MALFORMED says nothing more", async () => {
    const { token } = await createTestKey(organization);
    const last = token.endsWith("0") ? "1" : "0";
    for (const key of ["", "x", token.slice(0, -1), token.slice(0, -1) + last, ` ${token}`, `${token}\n`]) {
      expect(await ask({ key })).toMatchObject({ status: 200, json: { valid: false, code: "MALFORMED" } });
      expect(Object.keys(await verify(key))).toEqual(["valid", "code"]);
    }
    expect(await verify("x".repeat(60_000))).toEqual({ valid: false, code: "MALFORMED" });
  });

  test("UNKNOWN is the same, byte for byte, for no key, a wrong secret, another type and another tenant", async () => {
    const mine = await createTestKey(organization);
    const theirs = await createTestKey(other);
    const theirPublic = await createTestKey(other, { type: "public" });
    const tokens = [
      buildToken("secret", randomKeyId()),
      buildToken("public", randomKeyId()),
      buildToken("secret", mine.id),
      buildToken("public", mine.id),
      buildToken("secret", theirs.id),
      theirs.token,
      theirPublic.token,
    ];
    for (const key of tokens) {
      const answer = await ask({ key, permissions: ["nothing:like-it"] }, caller.token, {
        "X-Request-Id": "same",
      });
      const headers = Object.fromEntries(answer.headers);
      expect(headers).toEqual({ ...headers, "content-length": "32", "x-request-id": "same" });
      expect(answer.text).toBe('{"valid":false,"code":"UNKNOWN"}');
    }
  });

  test("[P5] EXPIRED begins at the expiry exactly", async () => {
    const key = await createTestKey(organization, { expiresAt: moment, accessLevel: "ADMIN" });
    at(-1);
    const limit = { by: "access_level", level: "ADMIN" };
    expect(await verify(key.token)).toMatchObject({ code: "VALID", limited_by: [limit] });
    at(0);
    expect(await verify(key.token)).toMatchObject({
      valid: false,
      code: "EXPIRED",
      key_id: formatKeyId(key.id),
      expires_at: moment.toISOString(),
      permissions: [],
      limited_by: [],
    });
    expect(await verify(buildToken("secret", key.id))).toEqual({ valid: false, code: "UNKNOWN" });
  });

  test("[J8] REVOKED is said of a revoked and of a deleted key, to who holds its secret alone", async () => {
    const revoked = await createTestKey(organization);
    const deleted = await createTestKey(organization);
    await endTestKey(revoked, { revokedAt: new Date() });
    await endTestKey(deleted, { revokedAt: new Date(), deletedAt: new Date() });
    for (const key of [revoked, deleted]) {
      expect(await verify(key.token)).toMatchObject({
        valid: false,
        code: "REVOKED",
        key_id: formatKeyId(key.id),
        permissions: [],
      });
      expect(await verify(buildToken("secret", key.id))).toEqual({ valid: false, code: "UNKNOWN" });
    }
  });

  test("[P6] REVOKED stands above EXPIRED", async () => {
    const key = await createTestKey(organization, { expiresAt: moment });
    await endTestKey(key, { revokedAt: new Date(moment.getTime() - 1) });
    at(hourMs);
    expect(await verify(key.token)).toMatchObject({ code: "REVOKED" });
  });
});

describe("[J7] a rolled key", () => {
  async function roll(key: TestKey, graceSeconds: number): Promise<string> {
    const context = await organization.as("OWNER", new Date());
    const rolled = await rollKey(context, { keyId: key.id, graceSeconds, secretVersion: 1 });
    return value(rolled).token;
  }

  test("[L3] verifies with both secrets until the grace ends, and says with which", async () => {
    const key = await createTestKey(organization);
    at(0);
    const token = await roll(key, 12 * 3600);
    expect(await verify(key.token)).toMatchObject({ code: "VALID", secret: "previous" });
    expect(await verify(token)).toMatchObject({ code: "VALID", secret: "current" });
    at(12 * hourMs - 1);
    expect(await verify(key.token)).toMatchObject({ code: "VALID" });
    at(12 * hourMs);
    expect(await verify(key.token)).toMatchObject({
      valid: false,
      code: "ROLLED",
      secret: "previous",
      key_id: formatKeyId(key.id),
      permissions: [],
    });
    expect(await verify(token)).toMatchObject({ code: "VALID", secret: "current" });
  });

  test("that expires in an hour gives the old secret one hour at most", async () => {
    const key = await createTestKey(organization, { expiresAt: new Date(moment.getTime() + hourMs) });
    at(0);
    const token = await roll(key, 12 * 3600);
    at(hourMs - 1);
    expect(await verify(key.token)).toMatchObject({ code: "VALID", secret: "previous" });
    at(hourMs);
    expect(await verify(key.token)).toMatchObject({ code: "EXPIRED" });
    expect(await verify(token)).toMatchObject({ code: "EXPIRED" });
  });

  test("without grace ends the old secret at once", async () => {
    const key = await createTestKey(organization);
    at(0);
    await roll(key, 0);
    expect(await verify(key.token)).toMatchObject({ code: "ROLLED" });
  });
});

describe("the one who asks", () => {
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

  test("is refused before its body is looked at", async () => {
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
    const calls = key.usageHours.reduce((sum, hour) => sum + hour.calls, 0);
    return { calls, address: key.lastUsedAddress, client: key.lastUsedClient };
  }

  test("[L2] counts as a use of a key that is good and of the key that asked", async () => {
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

  test("does not count for a key that is refused", async () => {
    const key = await createTestKey(organization, { roles: [] });
    await ask({ key: key.token, permissions: ["keys:read"] });
    await ask({ key: buildToken("secret", key.id) });
    await endTestKey(key, { revokedAt: new Date() });
    await ask({ key: key.token });
    await ask({ key: caller.token }, key.token);
    expect(await used(key)).toEqual({ calls: 0, address: null, client: null });
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
