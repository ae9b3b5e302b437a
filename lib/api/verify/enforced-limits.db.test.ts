import { beforeAll, describe, expect, test } from "vitest";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import type { Reply } from "@/e2e/support/api/test-api";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { operations } from "../all-operations";

const office = "203.0.113.7";
const elsewhere = "198.51.100.9";
const allowedAddresses = ["203.0.113.0/24", "2001:db8::/32"];
/** A limit that does not refill while a test runs. */
const twice = { requests: 2, seconds: 2_592_000 };

// Lets a test send requests from any address.
const api = provideTestApi(operations, ["127.0.0.1/32"]);
let organization: TestOrganization;
let service: TestKey;
beforeAll(async () => {
  organization = await createTestOrganization("Enforced");
  service = await createTestKey(organization);
});

const from = (address: string) => ({ "X-Forwarded-For": address });
const me = (token: string, address = elsewhere) => api.call("/v1/me", token, { headers: from(address) });
const verify = (key: string, more: object = {}) => api.verify({ key, ...more }, service.token);
const codeOf = async (key: string, more: object = {}) => (await verify(key, more)).json.code;
const batch = async (...keys: object[]) => {
  const body = JSON.stringify({ keys });
  const headers = { "Content-Type": "application/json" };
  const reply = await api.call("/v1/keys/verify-batch", service.token, { method: "POST", headers, body });
  return reply.json.data as { code: string }[];
};
const refusal = ({ status, json }: Reply) => [status, json.code];

describe("[L12] a key with allowed addresses is verified", () => {
  test("by the address the service saw, and is FORBIDDEN_IP from elsewhere or without one", async () => {
    const { token } = await createTestKey(organization, { allowedAddresses });
    const cases: [object, string][] = [
      [{ ip: office }, "VALID"],
      [{ ip: `::ffff:${office}` }, "VALID"],
      [{ ip: "2001:db8:0:0::1" }, "VALID"],
      [{ ip: elsewhere }, "FORBIDDEN_IP"],
      [{ ip: "2001:db9::1" }, "FORBIDDEN_IP"],
      [{}, "FORBIDDEN_IP"],
    ];
    for (const [more, expected] of cases) {
      const { json } = await verify(token, more);
      expect([json.valid, json.code]).toEqual([expected === "VALID", expected]);
    }
    // The service's own address does not count as the caller's.
    expect((await api.verify({ key: token }, service.token, from(office))).json.code).toBe("FORBIDDEN_IP");
    const verdicts = await batch(...cases.map(([more]) => ({ key: token, ...more })));
    expect(verdicts.map(({ code }) => code)).toEqual(cases.map(([, expected]) => expected));
  });

  test("after its credential and its namespace, before its permissions and its rate limit", async () => {
    const key = await createTestKey(organization, {
      allowedAddresses,
      roles: ["read_only"],
      rateLimit: { requests: 1, seconds: 2_592_000 },
    });
    const namespace = { type: "application", id: organization.id };
    const permissions = ["keys:verify"];
    expect(await codeOf(key.token, { ip: elsewhere, namespace, permissions })).toBe("WRONG_NAMESPACE");
    expect(await codeOf(key.token, { ip: elsewhere, permissions })).toBe("FORBIDDEN_IP");
    expect(await codeOf(key.token, { ip: office, permissions })).toBe("INSUFFICIENT_PERMISSIONS");
    // None of these refusals used up the only request.
    expect(await codeOf(key.token, { ip: office })).toBe("VALID");
    expect(await codeOf(key.token, { ip: office })).toBe("RATE_LIMITED");
    expect(await codeOf(key.token, { ip: office, permissions })).toBe("INSUFFICIENT_PERMISSIONS");
    await endTestKey(key, { revokedAt: new Date() });
    expect(await codeOf(key.token, { ip: elsewhere, namespace, permissions })).toBe("REVOKED");
  });
});

describe("[L12] a key with a rate limit is verified", () => {
  test("up to its limit, alone and in a batch, and the response says what is left", async () => {
    const { token } = await createTestKey(organization, { rateLimit: { requests: 3, seconds: 2_592_000 } });
    const first = await verify(token);
    expect(first.json.rate_limit).toEqual({
      requests: 3,
      seconds: 2_592_000,
      remaining: 2,
      reset_seconds: 864_000,
      retry_after_seconds: 0,
    });
    const verdicts = await batch({ key: token }, { key: token }, { key: token });
    expect(verdicts.map(({ code }) => code)).toEqual(["VALID", "VALID", "RATE_LIMITED"]);
    const refused = await verify(token);
    expect(refused.json).toMatchObject({
      valid: false,
      code: "RATE_LIMITED",
      permissions: expect.any(Array),
    });
    expect(refused.json.rate_limit.retry_after_seconds).toBeGreaterThan(860_000);
    const free = await createTestKey(organization);
    expect((await verify(free.token)).json).not.toHaveProperty("rate_limit");
  });
});

describe("[L12] a key that calls the API itself", () => {
  test("is refused from an address that it does not allow, which the answer names", async () => {
    const key = await createTestKey(organization, { allowedAddresses });
    expect((await me(key.token, office)).status).toBe(200);
    expect((await me(key.token, "2001:db8::7")).status).toBe(200);
    const refused = await me(key.token);
    expect(refusal(refused)).toEqual([403, "forbidden"]);
    expect(refused.json.detail).toContain(elsewhere);
    expect(refused.headers.get("www-authenticate")).toBeNull();
    // Addresses to the left are the client's claims; the proxy did not see them.
    expect(refusal(await me(key.token, `${office}, ${elsewhere}`))).toEqual([403, "forbidden"]);
    const asService = (address: string) => api.verify({ key: service.token }, key.token, from(address));
    expect((await asService(office)).json.code).toBe("VALID");
    expect(refusal(await asService(elsewhere))).toEqual([403, "forbidden"]);
  });

  test("gets 429 beyond its limit, with the rest shown before, for any request and credential", async () => {
    const key = await createTestKey(organization, { rateLimit: { requests: 4, seconds: 2_592_000 } });
    const first = await me(key.token);
    expect(first.headers.get("ratelimit")).toBe('"own";r=3;t=648000');
    expect(first.headers.get("ratelimit-policy")).toBe('"own";q=4;w=2592000');
    const issued = await postForm(api, "token", { grant_type: "client_credentials" }, basicOf(key));
    expect((await me(issued.json.access_token)).headers.get("ratelimit")).toMatch(/^"own";r=1;/);
    expect((await api.verify({ key: "x" }, key.token)).headers.get("ratelimit")).toMatch(/^"own";r=0;/);
    const form = { grant_type: "refresh_token", refresh_token: issued.json.refresh_token };
    const refusals = [
      await me(key.token),
      await me(issued.json.access_token),
      await api.verify({ key: "x" }, key.token),
      await postForm(api, "token", form, basicOf(key)),
    ];
    for (const reply of refusals) {
      expect(refusal(reply)).toEqual([429, "rate_limited"]);
      expect(reply.headers.get("ratelimit")).toMatch(/^"own";r=0;t=259\d{4}$/);
      expect(Number(reply.headers.get("retry-after"))).toBeGreaterThan(640_000);
    }
    // Verifications count against the same limit.
    expect(await codeOf(key.token)).toBe("RATE_LIMITED");
  });

  test("restricts its tokens to its addresses too", async () => {
    const key = await createTestKey(organization, { allowedAddresses });
    const grant = { grant_type: "client_credentials" };
    const refused = await postForm(api, "token", grant, { ...basicOf(key), ...from(elsewhere) });
    expect(refusal(refused)).toEqual([403, "forbidden"]);
    const { json } = await postForm(api, "token", grant, { ...basicOf(key), ...from(office) });
    expect((await me(json.access_token, office)).status).toBe(200);
    expect(refusal(await me(json.access_token))).toEqual([403, "forbidden"]);
    const refresh = { grant_type: "refresh_token", refresh_token: json.refresh_token };
    const late = await postForm(api, "token", refresh, { ...basicOf(key), ...from(elsewhere) });
    expect(refusal(late)).toEqual([403, "forbidden"]);
    // The refused attempt has not used up the limit.
    const renewed = await postForm(api, "token", refresh, { ...basicOf(key), ...from(office) });
    expect(renewed.status).toBe(200);
  });
});

describe("[L12] introspection", () => {
  test("reports a key with allowed addresses as active only from there, and does not count against a limit", async () => {
    const key = await createTestKey(organization, { allowedAddresses, rateLimit: twice });
    const active = async (form: object, headers: Record<string, string>) =>
      (await postForm(api, "introspect", { token: key.token, ...form }, headers)).json.active;
    const asService = { Authorization: `Bearer ${service.token}` };
    for (let count = 0; count < 5; count++) expect(await active({ ip: office }, asService)).toBe(true);
    expect(await active({ ip: elsewhere }, asService)).toBe(false);
    expect(await active({}, { ...asService, ...from(office) })).toBe(false);
    // For a key that introspects itself, the request's address counts.
    const asItself = { Authorization: `Bearer ${key.token}` };
    expect(await active({}, { ...asItself, ...from(office) })).toBe(true);
    const wrong = await postForm(
      api,
      "introspect",
      { token: key.token },
      { ...asItself, ...from(elsewhere) },
    );
    expect(refusal(wrong)).toEqual([403, "forbidden"]);
    expect(formatKeyId(key.id)).toBe(
      (await postForm(api, "introspect", { token: key.token, ip: office }, asService)).json.client_id,
    );
  });
});
