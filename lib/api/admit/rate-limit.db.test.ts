import { beforeAll, describe, expect, test, vi } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { rateLimits } from "./rate-limits";

const api = provideTestApi();
let organization: TestOrganization;
beforeAll(async () => {
  organization = await createTestOrganization("Limits");
});

describe("[L12] a key", () => {
  test("is told how many requests are left, and gets 429 when none are", async () => {
    const { id, token } = await createTestKey(organization);
    const first = await api.call("/v1/me", token);
    expect(first.headers.get("ratelimit-policy")).toBe('"key";q=6000;w=60');
    expect(first.headers.get("ratelimit")).toBe('"key";r=5999;t=1');
    expect((await api.call("/v1/organizations", token)).headers.get("ratelimit")).toMatch(
      /^"key";r=599[89];t=1$/,
    );

    // Takes tokens as if the key had used up its requests for an hour.
    rateLimits.key.take(id, performance.now() + 3_600_000, 6_000);
    const { status, headers, json } = await api.call("/v1/me", token);
    expect([status, json.code]).toEqual([429, "rate_limited"]);
    expect(headers.get("ratelimit")).toMatch(/^"key";r=0;t=36\d\d$/);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(3_500);
  });

  test("has a separate count for verifications, and so does another key", async () => {
    const [spent, other] = [await createTestKey(organization), await createTestKey(organization)];
    rateLimits.key.take(spent.id, performance.now() + 3_600_000, 6_000);
    expect((await api.call("/v1/me", spent.token)).status).toBe(429);
    const verified = await api.verify({ key: other.token }, spent.token);
    expect([verified.status, verified.headers.get("ratelimit-policy")]).toEqual([
      200,
      '"verify";q=3000000;w=60',
    ]);
    expect((await api.call("/v1/me", other.token)).status).toBe(200);

    rateLimits.verify.take(spent.id, performance.now() + 3_600_000, 3_000_000);
    const refused = await api.verify({ key: other.token }, spent.token);
    expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3_500);
  });
});

describe("[L12] an address", () => {
  test("is counted on open endpoints, except for health checks and metrics", async () => {
    const { headers } = await api.call("/v1/openapi.json");
    expect(headers.get("ratelimit")).toBe('"address";r=2999;t=1');
    rateLimits.address.take("127.0.0.1", performance.now() + 3_600_000, 3_000);
    const refused = await api.call("/v1/openapi.json");
    expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
    for (const path of ["/healthz", "/readyz"]) expect((await api.call(path)).status).toBe(200);
  });

  test("that sends too many bad credentials is refused, except for keys that were valid there", async () => {
    const [known, unknown] = [await createTestKey(organization), await createTestKey(organization)];
    expect((await api.call("/v1/me", known.token)).status).toBe(200);
    // Spies on the limiter, because twenty attempts a second are refilled and the count is hard to compare.
    const taken = vi.spyOn(rateLimits.failures, "take");
    await Promise.all(Array.from({ length: 20 }, () => api.call("/v1/me", "lk_sk_no")));
    expect(taken.mock.calls).toEqual(Array.from({ length: 20 }, () => ["127.0.0.1"]));
    taken.mockRestore();
    rateLimits.failures.take("127.0.0.1", performance.now() + 3_600_000, 1_200);
    expect((await api.call("/v1/me", "lk_sk_no")).status).toBe(429);
    const late = await api.call("/v1/me", unknown.token);
    expect([late.status, late.headers.get("ratelimit-policy")]).toEqual([429, '"failures";q=1200;w=60']);
    expect((await api.verify({ key: "x" }, unknown.token)).status).toBe(429);
    expect((await api.call("/v1/me", known.token)).status).toBe(200);
    expect((await api.verify({ key: "x" }, known.token)).status).toBe(200);
  });
});
