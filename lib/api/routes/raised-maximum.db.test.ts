import { beforeEach, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";

const dayMs = 86_400_000;
const api = provideTestApi();
let organization: TestOrganization;
/** A key that expires in 20 days. */
let caller: TestKey;
/** A key without an expiry, which the policy ends in 10 days. */
let other: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Raised");
  caller = await createTestKey(organization, {
    createdAt: new Date(),
    expiresAt: new Date(Date.now() + 20 * dayMs),
  });
  other = await createTestKey(organization, {
    accessLevel: "ADMIN",
    roles: ["read_only"],
    createdAt: new Date(Date.now() - 20 * dayMs),
  });
  await setMaximum(30);
});

const setMaximum = (maximumLifetimeDays: number) =>
  database().organization.update({
    where: { id: organization.id },
    data: { maximumLifetimeDays, keyCreators: "ADMIN" },
  });
const act = (method: string, path: string, body: object = {}) =>
  api.send(method, `/v1/keys/${formatKeyId(other.id)}${path}`, caller.token, body);

test("[L15] a key with an expiry rolls no key that would outlive it under a longer maximum", async () => {
  expect(await act("POST", "/roll")).toMatchObject({ status: 400, json: { code: "invalid_request" } });
});

test("[L15] it resumes no such key, and gives it no more permissions", async () => {
  expect((await act("POST", "/pause")).status).toBe(200);
  expect((await act("POST", "/resume")).status).toBe(400);
  expect((await act("PATCH", "", { roles: ["full_access"] })).status).toBe(400);
});

test("[L15] it widens no role that such a key carries, not even once the maximum ended the key", async () => {
  const organizationId = organization.id;
  const role = { title: "Reader", description: "", permissions: ["keys:read"], publishable: false };
  const { id } = await database().role.create({ data: { organizationId, roleId: "reader", ...role } });
  await database().apiKeyRole.create({ data: { organizationId, keyId: other.id, roleId: id } });
  const permissions = ["keys:read", "keys:revoke"];
  const change = () => api.send("PATCH", "/v1/roles/reader", caller.token, { permissions });
  expect((await change()).status).toBe(403);
  await setMaximum(15);
  expect((await change()).status).toBe(403);
});

test("[L15] it transfers no such key", async () => {
  const { OWNER, ADMIN } = organization.userIds;
  const data = { creatorId: ADMIN, liveCreatorId: ADMIN };
  await database().apiKey.update({ where: { id: other.id }, data });
  const transfers = [{ key_id: formatKeyId(other.id), to_user_id: OWNER }];
  const answer = await api.send("POST", `/v1/users/${ADMIN}/remove`, caller.token, { transfers });
  expect([answer.status, answer.json.detail]).toEqual([
    403,
    expect.stringContaining("must not expire later than the calling key"),
  ]);
});

test("[L15] a key that only the policy ends still rolls an older one", async () => {
  caller = await createTestKey(organization, { createdAt: new Date() });
  expect((await act("POST", "/roll")).status).toBe(200);
});
