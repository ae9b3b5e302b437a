import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiServer } from "@/e2e/support/api-server";
import { startApiServer } from "@/e2e/support/api-server";
import { openTestDatabase } from "@/e2e/support/test-database";
import type { TestKey } from "@/e2e/support/test-key";
import { createTestKey } from "@/e2e/support/test-key";
import type { TestOrganization } from "@/e2e/support/test-organization";
import { createTestOrganization } from "@/e2e/support/test-organization";
import { formatKeyId } from "@/lib/core/key-id";
import type { Namespace } from "@/lib/core/namespace";
import { closeDatabase, database, openDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { flushUsage } from "@/lib/verify/usage-recorder";

let close: () => Promise<void>;
let server: ApiServer;
let organization: TestOrganization;
let secretKey: TestKey;
let publicKey: TestKey;
let namespaces: Record<string, Namespace>;

beforeAll(async () => {
  ({ close } = await openTestDatabase());
  server = await startApiServer();
  organization = await createTestOrganization("API");
  await createTestOrganization("Other");
  secretKey = await createTestKey(organization, { name: "Billing", roles: ["read_only"] });
  publicKey = await createTestKey(organization, { type: "public" });
  const organizationId = organization.id;
  const { id: applicationId } = await database().application.create({
    data: { organizationId, name: "Shop" },
  });
  const inShop = { organizationId, applicationId };
  const workspace = await database().workspace.create({ data: { ...inShop, name: "Berlin" } });
  const group = await database().userGroup.create({ data: { ...inShop, name: "Staff" } });
  const own = await database().userGroup.create({ data: { organizationId, name: "Board" } });
  const userId = organization.userIds.OWNER;
  for (const place of [
    { applicationId },
    { workspaceId: workspace.id },
    { userGroupId: group.id },
    { userGroupId: own.id },
  ]) {
    await database().grant.create({ data: { organizationId, userId, accessLevel: "OWNER", ...place } });
  }
  namespaces = {
    "[P10] workspace": { type: "workspace", id: workspace.id },
    "[P11] application's user group": { type: "usergroup", id: group.id },
    "[P11] organization's user group": { type: "usergroup", id: own.id },
    "[P12] application": { type: "application", id: applicationId },
    "[P3] organization": { type: "organization", id: organizationId },
  };
});
afterAll(async () => {
  await server.close();
  await close();
});

async function call(path: string, token?: string, init: RequestInit = {}) {
  const headers = { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...init.headers };
  const response = await fetch(server.url + path, { ...init, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text === "" ? null : JSON.parse(text),
  };
}

const code = ({ status, json }: Awaited<ReturnType<typeof call>>) => [status, json?.code];

describe("[P1] GET /v1/me", () => {
  test("says of a secret key what it is and may do", async () => {
    const { status, headers, json } = await call("/v1/me", secretKey.token);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(json).toEqual({
      kind: "key",
      key_id: formatKeyId(secretKey.id),
      name: "Billing",
      type: "secret",
      organization_id: organization.id,
      namespace: { type: "organization", id: organization.id },
      access_level: "OWNER",
      roles: ["read_only"],
      permissions: expect.arrayContaining(["audit:read", "organizations:read"]),
      limited_by: [],
      expires_at: null,
      secret: "current",
    });
  });

  test("[J1] says of a public key what was taken from it", async () => {
    const { json } = await call("/v1/me", publicKey.token);
    expect(json).toMatchObject({ type: "public", permissions: ["applications:read", "organizations:read"] });
    expect(json.limited_by).toEqual([
      { by: "key_type", permissions: expect.arrayContaining(["keys:create"]) },
    ]);
  });

  test("takes no query", async () => {
    expect(code(await call("/v1/me?verbose=1", secretKey.token))).toEqual([400, "invalid_request"]);
  });

  test("[Y4] counts as a use", async () => {
    const key = await createTestKey(organization);
    await call("/v1/me", key.token, { headers: { "User-Agent": "curl/8" } });
    await flushUsage();
    expect(await database().apiKey.findUnique({ where: { id: key.id } })).toMatchObject({
      lastUsedAt: expect.any(Date),
      lastUsedAddress: "127.0.0.1",
      lastUsedClient: "curl/8",
    });
  });
});

describe("GET /v1/organizations", () => {
  test.each([
    "[P10] workspace",
    "[P11] application's user group",
    "[P11] organization's user group",
    "[P12] application",
    "[P3] organization",
  ])("with a key of namespace %s gives exactly its organization", async (name) => {
    const namespace = namespaces[name];
    const key = await createTestKey(organization, { ...(namespace ? { namespace } : {}) });
    const row = await database().organization.findUniqueOrThrow({ where: { id: organization.id } });
    expect((await call("/v1/organizations", key.token)).json).toEqual({
      data: [{ id: row.id, name: row.name, slug: row.slug, created_at: row.createdAt.toISOString() }],
      next_cursor: null,
    });
  });

  test("[J1] may be asked with a public key", async () => {
    expect((await call("/v1/organizations", publicKey.token)).json.data).toHaveLength(1);
  });

  test("[P9] is refused to a key without organizations:read, and to one whose creator has no grant left", async () => {
    const poor = await createTestKey(organization, { roles: ["key_verifier"] });
    const workspace = namespaces["[P10] workspace"];
    const orphan = await createTestKey(organization, {
      creator: "ADMIN",
      ...(workspace ? { namespace: workspace } : {}),
    });
    for (const key of [poor, orphan]) {
      const answer = await call("/v1/organizations", key.token);
      expect(code(answer)).toEqual([403, "forbidden"]);
      expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
    }
  });

  test("takes a limit of 1 to 100 and nothing it does not know", async () => {
    for (const query of ["?limit=1", "?limit=100", "?limit=025"]) {
      expect((await call(`/v1/organizations${query}`, secretKey.token)).status).toBe(200);
    }
    for (const query of ["0", "101", "-1", "1.5", "1e1", "", "x", "1&limit=2"].map(
      (limit) => `?limit=${limit}`,
    )) {
      expect(code(await call(`/v1/organizations${query}`, secretKey.token))).toEqual([
        400,
        "invalid_request",
      ]);
    }
    for (const query of ["?cursor=abc", "?colour=1", "?__proto__=1", "?%00=1", "?%ff"]) {
      expect(code(await call(`/v1/organizations${query}`, secretKey.token))).toEqual([
        400,
        "invalid_request",
      ]);
    }
    expect((await call("/v1/organizations?limit=0", secretKey.token)).json.errors).toEqual([
      { field: "limit", message: "limit is a whole number from 1 to 100" },
    ]);
  });
});

describe("every answer", () => {
  const paths = ["/v1/me", "/v1/organizations", "/v1/nothing", "/healthz"];

  test.each(paths)("of %s carries the request id that was given, or one of its own", async (path) => {
    for (const given of ["a", "A-z_0.9", "x".repeat(128)]) {
      const { headers } = await call(path, undefined, { headers: { "X-Request-Id": given } });
      expect(headers.get("x-request-id")).toBe(given);
    }
    for (const strange of ["", "x".repeat(129), "a b", "<script>", "ü"]) {
      const { headers } = await call(path, undefined, { headers: { "X-Request-Id": strange } });
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test.each(paths)("of %s is kept by nobody", async (path) => {
    expect((await call(path)).headers.get("cache-control")).toBe("no-store");
  });

  test("[J3] that is a problem is an RFC 9457 document with the request's id", async () => {
    const { headers, json } = await call("/v1/me", undefined, { headers: { "X-Request-Id": "r-7" } });
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(json).toEqual({
      type: `${env().appUrl}/docs/errors#key_missing`,
      title: "No API key was given",
      status: 401,
      detail: expect.any(String),
      code: "key_missing",
      request_id: "r-7",
    });
  });
});

describe("an address", () => {
  test.each([
    "/v1/nothing",
    "/v1/me/",
    "/v1/me/x",
    "/v1//me",
    "/v1/ME",
    "/v1/keys/verify/",
    "/v1/%zz",
    "/v1",
  ])("that is not there (%s) is 404", async (path) => {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      expect(code(await call(path, secretKey.token, { method }))).toEqual([404, "not_found"]);
    }
  });

  test.each([
    ["/v1/me", "GET, HEAD, OPTIONS", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"]],
    ["/v1/organizations", "GET, HEAD, OPTIONS", ["POST", "PUT", "PATCH", "DELETE"]],
    ["/v1/keys/verify", "POST", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"]],
    ["/healthz", "GET, HEAD", ["POST", "OPTIONS"]],
    ["/readyz", "GET, HEAD", ["POST", "OPTIONS"]],
  ])("%s answers %s and refuses the rest by name", async (path, allow, methods) => {
    for (const method of methods) {
      const answer = await call(path, secretKey.token, { method });
      expect([method, ...code(answer), answer.headers.get("allow")]).toEqual([
        method,
        405,
        "method_not_allowed",
        allow,
      ]);
    }
  });

  test.each(["/v1/me", "/v1/organizations", "/healthz", "/readyz", "/v1/nothing"])(
    "%s answers HEAD as GET, without the body",
    async (path) => {
      const got = await call(path, secretKey.token);
      const head = await call(path, secretKey.token, { method: "HEAD" });
      expect([head.status, head.text]).toEqual([got.status, ""]);
      expect(head.headers.get("content-type")).toBe(got.headers.get("content-type"));
    },
  );

  test("[J1] that a public key may ask answers a preflight from every site, without credentials", async () => {
    for (const path of ["/v1/me", "/v1/organizations"]) {
      const { status, headers } = await call(path, undefined, {
        method: "OPTIONS",
        headers: { Origin: "https://shop.example", "Access-Control-Request-Method": "GET" },
      });
      expect(status).toBe(204);
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("access-control-allow-methods")).toBe("GET, HEAD");
      expect(headers.get("access-control-allow-headers")?.toLowerCase()).toContain("authorization");
      expect(headers.get("access-control-allow-headers")?.toLowerCase()).toContain("x-api-key");
      expect(headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  test("[J1] that is for secret keys answers no preflight", async () => {
    const { headers } = await call("/v1/keys/verify", undefined, { method: "OPTIONS" });
    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

describe("health", () => {
  test("is read from /healthz and /readyz", async () => {
    const { json, headers } = await call("/healthz");
    expect(json).toEqual({ status: "ok" });
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect((await call("/readyz")).json).toEqual({ status: "ready" });
  });

  test("is not ready while a migration is missing", async () => {
    const { id } = await database().$queryRaw<{ id: string }[]>`
      UPDATE _prisma_migrations SET finished_at = NULL RETURNING id`.then(([row]) => row ?? { id: "" });
    const answer = await call("/readyz");
    await database().$executeRaw`UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL`;
    expect(id).not.toBe("");
    expect(code(answer)).toEqual([503, "unavailable"]);
    expect((await call("/readyz")).status).toBe(200);
  });

  test("is not ready while the process stops, yet alive", async () => {
    const holder = globalThis as { latchkeyStopping?: boolean };
    holder.latchkeyStopping = true;
    const [ready, alive] = [await call("/readyz"), await call("/healthz")];
    delete holder.latchkeyStopping;
    expect(code(ready)).toEqual([503, "unavailable"]);
    expect(alive.status).toBe(200);
  });

  test("[L1] without a database is no readiness, and no key is called good", async () => {
    await closeDatabase();
    const { level } = log();
    log().level = "silent";
    const body = JSON.stringify({ key: publicKey.token });
    const headers = { "Content-Type": "application/json" };
    const answers = [
      await call("/readyz"),
      await call("/v1/me", secretKey.token),
      await call("/v1/keys/verify", secretKey.token, { method: "POST", headers, body }),
    ];
    log().level = level;
    const alive = await call("/healthz");
    await openDatabase(env());
    for (const answer of answers) expect(code(answer)).toEqual([503, "unavailable"]);
    expect(answers.map(({ text }) => text).join()).not.toMatch(/stack|\.ts|prisma/i);
    expect(alive.status).toBe(200);
    expect((await call("/v1/me", secretKey.token)).status).toBe(200);
  });
});
