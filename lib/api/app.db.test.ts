import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { env } from "@/lib/env";

const api = provideTestApi();
let secretKey: TestKey;

beforeAll(async () => {
  secretKey = await createTestKey(await createTestOrganization("API"));
});

describe("every answer", () => {
  const paths = ["/v1/me", "/v1/organizations", "/v1/nothing", "/healthz"];

  test.each(paths)("of %s carries the given request id, or a new one", async (path) => {
    for (const given of ["a", "A-z_0.9", "x".repeat(128)]) {
      const { headers } = await api.call(path, undefined, { headers: { "X-Request-Id": given } });
      expect(headers.get("x-request-id")).toBe(given);
    }
    for (const strange of ["", "x".repeat(129), "a b", "<script>", "ü"]) {
      const { headers } = await api.call(path, undefined, { headers: { "X-Request-Id": strange } });
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test.each(paths)("of %s is not cacheable", async (path) => {
    expect((await api.call(path)).headers.get("cache-control")).toBe("no-store");
  });

  test("[J3] that is a problem is an RFC 9457 document with the request's id", async () => {
    const { headers, json } = await api.call("/v1/me", undefined, { headers: { "X-Request-Id": "r-7" } });
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
    "/v1/%7A%7A",
    "/v1",
  ])("that does not exist (%s) is 404", async (path) => {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      expect(statusAndCode(await api.call(path, secretKey.token, { method }))).toEqual([404, "not_found"]);
    }
  });

  test.each(["/v1/%zz", "/v1/me%", "/v1/%C3%28"])("that cannot be decoded (%s) is 400", async (path) => {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      expect(statusAndCode(await api.call(path, secretKey.token, { method }))).toEqual([
        400,
        "invalid_request",
      ]);
    }
  });

  test.each([
    ["/v1/me", "GET, HEAD, OPTIONS", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"]],
    ["/v1/organizations", "GET, HEAD, POST, OPTIONS", ["PUT", "PATCH", "DELETE"]],
    ["/v1/keys/verify", "POST", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"]],
    ["/healthz", "GET, HEAD", ["POST", "OPTIONS"]],
    ["/readyz", "GET, HEAD", ["POST", "OPTIONS"]],
  ])("%s answers %s and refuses the rest by name", async (path, allow, methods) => {
    for (const method of methods) {
      const answer = await api.call(path, secretKey.token, { method });
      expect([method, ...statusAndCode(answer), answer.headers.get("allow")]).toEqual([
        method,
        405,
        "method_not_allowed",
        allow,
      ]);
    }
  });

  test.each(["/v1/me", "/v1/organizations", "/healthz", "/readyz", "/v1/nothing"])(
    "%s answers HEAD like GET, without the body",
    async (path) => {
      const got = await api.call(path, secretKey.token);
      const head = await api.call(path, secretKey.token, { method: "HEAD" });
      expect([head.status, head.text]).toEqual([got.status, ""]);
      expect(head.headers.get("content-type")).toBe(got.headers.get("content-type"));
    },
  );

  test("[J1] that allows public keys answers a preflight from every site, without credentials", async () => {
    for (const path of ["/v1/me", "/v1/organizations"]) {
      const { status, headers } = await api.call(path, undefined, {
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
    const { headers } = await api.call("/v1/keys/verify", undefined, { method: "OPTIONS" });
    expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});
