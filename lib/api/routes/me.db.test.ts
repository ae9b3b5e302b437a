import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";

const api = provideTestApi();
let organization: TestOrganization;
let secretKey: TestKey;

beforeAll(async () => {
  organization = await createTestOrganization("Me");
  secretKey = await createTestKey(organization, { name: "Billing", roles: ["read_only"] });
});

describe("[P1] GET /v1/me", () => {
  test("describes a secret key and what it may do", async () => {
    const { status, headers, json } = await api.call("/v1/me", secretKey.token);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(json).toEqual({
      kind: "key",
      key_id: formatKeyId(secretKey.id),
      name: "Billing",
      subject: null,
      metadata: null,
      type: "secret",
      organization_id: organization.id,
      namespace: { type: "organization", id: organization.id },
      access_level: "OWNER",
      roles: ["read_only"],
      permissions: expect.arrayContaining(["audit:read", "organizations:read"]),
      limited_by: [],
      expires_at: null,
      expiry_set_by: null,
      secret: "current",
    });
  });

  test("[J1] shows what a public key has lost", async () => {
    const key = await createTestKey(organization, { type: "public" });
    const { json } = await api.call("/v1/me", key.token);
    expect(json).toMatchObject({ type: "public", permissions: ["applications:read", "organizations:read"] });
    expect(json.limited_by).toEqual([
      { by: "key_type", permissions: expect.arrayContaining(["keys:create"]) },
    ]);
  });

  test("takes no query", async () => {
    const { status, json } = await api.call("/v1/me?verbose=1", secretKey.token);
    expect([status, json.code]).toEqual([400, "invalid_request"]);
  });

  test("[Y4] counts as a use", async () => {
    const key = await createTestKey(organization);
    await api.call("/v1/me", key.token, { headers: { "User-Agent": "curl/8" } });
    await flushUsage();
    expect(await database().apiKey.findUnique({ where: { id: key.id } })).toMatchObject({
      lastUsedAt: expect.any(Date),
      lastUsedAddress: "127.0.0.1",
      lastUsedClient: "curl/8",
    });
  });
});
