import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { Namespace } from "@/lib/core/access/namespace";
import { database } from "@/lib/db/client";

const api = provideTestApi();
let organization: TestOrganization;
let secretKey: TestKey;
let namespaces: Record<string, Namespace>;

beforeAll(async () => {
  organization = await createTestOrganization("Organizations");
  await createTestOrganization("Other");
  secretKey = await createTestKey(organization);
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

describe("GET /v1/organizations", () => {
  test.each([
    "[P10] workspace",
    "[P11] application's user group",
    "[P11] organization's user group",
    "[P12] application",
    "[P3] organization",
  ])("with a key of namespace %s returns exactly its organization", async (name) => {
    const namespace = namespaces[name];
    const key = await createTestKey(organization, { ...(namespace ? { namespace } : {}) });
    const row = await database().organization.findUniqueOrThrow({ where: { id: organization.id } });
    const settings = {
      ...{ key_creators: "OWNER", require_expiry: false },
      ...{ maximum_lifetime_days: null, audit_retention_days: null, pause_leaked_keys: false },
    };
    expect((await api.call("/v1/organizations", key.token)).json).toEqual({
      data: [
        {
          id: row.id,
          name: row.name,
          slug: row.slug,
          ...(name === "[P3] organization" ? settings : {}),
          token_prefix: null,
          created_at: row.createdAt.toISOString(),
        },
      ],
      next_cursor: null,
    });
  });

  test("[J1] accepts a public key", async () => {
    const { token } = await createTestKey(organization, { type: "public" });
    const { data } = (await api.call("/v1/organizations", token)).json;
    expect(data).toHaveLength(1);
    expect(data[0]).not.toHaveProperty("key_creators");
    expect(data[0]).not.toHaveProperty("maximum_lifetime_days");
  });

  test("[P9] is refused to a key without organizations:read", async () => {
    const poor = await createTestKey(organization, { roles: ["key_verifier"] });
    const answer = await api.call("/v1/organizations", poor.token);
    expect(statusAndCode(answer)).toEqual([403, "forbidden"]);
    expect(answer.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
  });

  test("takes a limit of 1 to 100 and no unknown parameter", async () => {
    for (const query of ["?limit=1", "?limit=100", "?limit=025"]) {
      expect((await api.call(`/v1/organizations${query}`, secretKey.token)).status).toBe(200);
    }
    for (const query of ["0", "101", "-1", "1.5", "1e1", "", "x", "1&limit=2"].map(
      (limit) => `?limit=${limit}`,
    )) {
      expect(statusAndCode(await api.call(`/v1/organizations${query}`, secretKey.token))).toEqual([
        400,
        "invalid_request",
      ]);
    }
    for (const query of ["?cursor=abc", "?colour=1", "?__proto__=1", "?%00=1", "?%ff"]) {
      expect(statusAndCode(await api.call(`/v1/organizations${query}`, secretKey.token))).toEqual([
        400,
        "invalid_request",
      ]);
    }
    expect((await api.call("/v1/organizations?limit=0", secretKey.token)).json.errors).toEqual([
      { field: "limit", message: "limit is a whole number from 1 to 100" },
    ]);
  });
});

describe("PATCH /v1/organizations/{id}", () => {
  test("[L7] a key keeps audit events longer, but never shorter", async () => {
    const path = `/v1/organizations/${organization.id}`;
    const keep = (audit_retention_days: number | null) =>
      api.send("PATCH", path, secretKey.token, { audit_retention_days });
    expect(statusAndCode(await keep(400))).toEqual([403, "forbidden"]);
    await database().organization.update({
      where: { id: organization.id },
      data: { auditRetentionDays: 60 },
    });
    expect(statusAndCode(await keep(59))).toEqual([403, "forbidden"]);
    expect((await keep(90)).status).toBe(200);
    expect((await keep(null)).status).toBe(200);
  });
});
