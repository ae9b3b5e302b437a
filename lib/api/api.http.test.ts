import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import type { Installation } from "@/e2e/support/database/installation";
import { createInstallation } from "@/e2e/support/database/installation";
import type { ServerProcess } from "@/e2e/support/processes/server-process";
import { startServer } from "@/e2e/support/processes/server-process";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { rollKey } from "@/lib/services/keys/roll-key";
import { buildToken } from "@/lib/token/format";

let installation: Installation;
let server: ServerProcess;
let organization: TestOrganization;
const keys: Record<string, TestKey> = {};

const hourMs = 3_600_000;
const rolledAt = new Date();

beforeAll(async () => {
  installation = await createInstallation();
  await installation.withDatabase(async () => {
    organization = await createTestOrganization("Built");
    const other = await createTestOrganization("Other");
    keys.caller = await createTestKey(organization, { roles: ["key_verifier"] });
    keys.secret = await createTestKey(organization);
    keys.public = await createTestKey(organization, { type: "public" });
    keys.forwarded = await createTestKey(organization);
    keys.counted = await createTestKey(organization);
    keys.theirs = await createTestKey(other);
    keys.rolled = await createTestKey(organization);
    keys.revoked = await createTestKey(organization);
    keys.expiring = await createTestKey(organization, { expiresAt: new Date(rolledAt.getTime() + hourMs) });
    await endTestKey(keys.revoked, { revokedAt: new Date() });
    const input = { keyId: keys.rolled.id, graceSeconds: 12 * 3600, version: 1 };
    keys.current = value(await rollKey(await organization.as("OWNER", rolledAt), input));
  });
  server = await startServer({ ...installation.variables, TRUSTED_PROXIES: "127.0.0.0/8,::1/128" });
});
afterAll(async () => {
  await server?.stop();
  await installation.remove();
});

const token = (name: string) => keys[name]?.token ?? "";

async function get(path: string, headers: Record<string, string>) {
  const response = await fetch(server.url + path, { headers });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

async function verify(key: string, credential: Record<string, string> = { "X-API-Key": token("caller") }) {
  const response = await fetch(`${server.url}/v1/keys/verify`, {
    method: "POST",
    headers: { ...credential, "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify({ key }),
  });
  expect(response.status).toBe(200);
  return await response.text();
}

describe("the built server", () => {
  test("[Y1] [P1] takes a key as Bearer and in X-API-Key, at every address", async () => {
    const forms: Record<string, string>[] = [
      { Authorization: `Bearer ${token("secret")}` },
      { "X-API-Key": token("secret") },
    ];
    for (const headers of forms) {
      const { status, json } = await get("/v1/me", headers);
      expect([status, json.key_id]).toEqual([200, formatKeyId(keys.secret?.id ?? "")]);
      const { data } = (await get("/v1/organizations", headers)).json;
      expect(data).toEqual([expect.objectContaining({ id: organization.id, slug: organization.slug })]);
      expect(JSON.parse(await verify(token("secret"), headers))).toMatchObject({ code: "VALID" });
    }
  });

  test("[J3] distinguishes a missing, a malformed, an unknown and a revoked key", async () => {
    const codeOf = async (key: string) => (await get("/v1/me", { "X-API-Key": key })).json.code;
    expect(await codeOf("")).toBe("key_missing");
    expect(await codeOf("lk_sk_x")).toBe("key_malformed");
    expect(await codeOf(buildToken("secret", keys.secret?.id ?? ""))).toBe("key_unknown");
    expect(await codeOf(token("revoked"))).toBe("key_revoked");
  });

  test("[J3] answers for another tenant's key as for an unknown one, byte for byte", async () => {
    const nobody = buildToken("secret", "0000000000000000");
    expect(await verify(token("theirs"))).toBe(await verify(nobody));
  });

  test("[J1] lets pages of any site call it with a public key, but not with a secret one", async () => {
    const origin = { Origin: "https://shop.example" };
    const good = await get("/v1/me", { "X-API-Key": token("public"), ...origin });
    const bad = await get("/v1/me", { "X-API-Key": token("secret"), ...origin });
    expect([good.status, good.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    expect([bad.status, bad.json.code]).toEqual([403, "forbidden"]);
  });

  test("leaves every address outside the API to the dashboard", async () => {
    const api = await fetch(`${server.url}/v1/nothing`);
    const page = await fetch(`${server.url}/v1nothing`, { headers: { Accept: "text/html" } });
    await page.text();
    expect([api.status, api.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect(page.headers.get("content-type")).not.toBe("application/problem+json");
  });

  test("[J7] [L3] accepts both secrets of a rolled key until the grace ends, by the clock", async () => {
    const codes = async () => [
      JSON.parse(await verify(token("rolled"))),
      JSON.parse(await verify(token("current"))),
      JSON.parse(await verify(token("expiring"))),
    ];
    expect(await codes()).toMatchObject([
      { code: "VALID", secret: "previous" },
      { code: "VALID", secret: "current" },
      { code: "VALID" },
    ]);
    await server.shiftClock(12 * hourMs + 1000);
    expect(await codes()).toMatchObject([
      { valid: false, code: "ROLLED", secret: "previous" },
      { code: "VALID", secret: "current" },
      { valid: false, code: "EXPIRED" },
    ]);
    await server.shiftClock(0);
  });

  test("[Y4] [L2] finishes requests in flight when stopped, and has written every use by then", async () => {
    const forwarded = { "X-API-Key": token("forwarded"), "X-Forwarded-For": "6.6.6.6, 198.51.100.9" };
    expect((await get("/v1/me", { ...forwarded, "User-Agent": "integration/1" })).status).toBe(200);
    const asked = Array.from({ length: 50 }, () =>
      verify(token("counted")).then(
        () => 1,
        () => 0,
      ),
    );
    await Promise.race(asked);
    expect(await server.stop()).toBe(0);
    const answered = (await Promise.all(asked)).filter(Boolean).length;

    await installation.withDatabase(async () => {
      const rows = await database().apiKeyUsageHour.findMany({ where: { keyId: keys.counted?.id ?? "" } });
      expect(rows.reduce((sum, row) => sum + row.calls, 0)).toBe(answered);
      const used = await database().apiKey.findUnique({ where: { id: keys.forwarded?.id ?? "" } });
      expect(used).toMatchObject({ lastUsedAddress: "198.51.100.9", lastUsedClient: "integration/1" });
    });
    expect(server.output()).not.toMatch(/lk_[sp]k_[0-9A-Za-z]/);
    server = await startServer(installation.variables);
  });
});
