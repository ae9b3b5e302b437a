import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { buildToken } from "@/lib/token/format";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";

const hourMs = 3_600_000;
beforeAll(() => {
  // Half past the hour, so that no hour or day ends between a call and reading its count.
  vi.setSystemTime((Math.floor(Date.now() / hourMs) + 0.5) * hourMs);
});
const api = provideTestApi();
let owner: TestKey;
let subject: TestKey;
beforeAll(async () => {
  const organization = await createTestOrganization("Usage");
  owner = await createTestKey(organization);
  subject = await createTestKey(organization, { roles: ["auditor"] });
});
afterAll(() => {
  vi.useRealTimers();
});

const usage = (query = "", key = subject, { token } = owner) =>
  api.call(`/v1/keys/${formatKeyId(key.id)}/usage${query}`, token);

test("[L12] shows the outcomes of verifications, by day and by hour", async () => {
  const body = {
    keys: [
      { key: subject.token },
      { key: subject.token, permissions: ["audit:read"] },
      { key: subject.token, permissions: ["keys:create"] },
      { key: `${subject.token.slice(0, -1)}!` },
    ],
  };
  const headers = { "Content-Type": "application/json" };
  const asked = await api.call("/v1/keys/verify-batch", owner.token, {
    ...{ method: "POST", headers },
    body: JSON.stringify(body),
  });
  expect(asked.status).toBe(200);
  await flushUsage();

  const days = await usage();
  expect(days.status).toBe(200);
  expect(days.json.data).toHaveLength(30);
  const counts = { calls: 2, refused: 1, outcomes: { VALID: 2, INSUFFICIENT_PERMISSIONS: 1 } };
  expect(days.json.data.at(-1)).toMatchObject(counts);
  expect(days.json.data[0]).toMatchObject({ calls: 0, refused: 0, outcomes: {} });
  const hours = await usage("?per=hour");
  expect(hours.json.data.length).toBeGreaterThanOrEqual(24);
  expect(hours.json.data.at(-1)).toMatchObject(counts);
});

test("[J3] [L12] counts calls with an ended key, but not with a wrong secret", async () => {
  const { organizationId: id } = await database().apiKey.findUniqueOrThrow({ where: { id: owner.id } });
  const { userId } = await database().member.findFirstOrThrow({
    where: { organizationId: id, accessLevel: "OWNER" },
  });
  const userIds = { OWNER: userId, ADMIN: userId, MEMBER: userId };
  const ended = await createTestKey({ id, userIds });
  await endTestKey(ended, { revokedAt: new Date() });
  expect((await api.call("/v1/me", ended.token)).json.code).toBe("key_revoked");
  const wrong = buildToken("secret", ended.id);
  expect((await api.call("/v1/me", wrong)).json.code).toBe("key_unknown");
  await flushUsage();
  const { json } = await usage("", ended);
  expect(json.data.at(-1)).toMatchObject({ calls: 0, refused: 1, outcomes: { REVOKED: 1 } });
  const { lastUsedAt } = await database().apiKey.findUniqueOrThrow({ where: { id: ended.id } });
  expect(lastUsedAt).toBeNull();
});

test("[L12] for the requested time", async () => {
  const { organizationId } = await database().apiKey.findUniqueOrThrow({ where: { id: subject.id } });
  const rows = [4, 5, 6].map((day) => ({ day: new Date(Date.UTC(2026, 0, day)), calls: day }));
  await database().apiKeyUsageDay.createMany({
    data: rows.map((row) => ({ ...row, organizationId, keyId: subject.id, outcome: "VALID" as const })),
  });
  const { json } = await usage("?from=2026-01-05T12:00:00Z&to=2026-01-06T00:00:01%2B00:00");
  expect(json.data.map(({ start, calls }: { start: string; calls: number }) => [start, calls])).toEqual([
    ["2026-01-05T00:00:00.000Z", 5],
    ["2026-01-06T00:00:00.000Z", 6],
  ]);
});

test.each([
  ["an end that is no later", "?from=2026-05-05T00:00:00Z&to=2026-05-05T00:00:00Z"],
  ["more days than a year's", "?from=2024-05-05T00:00:00Z&to=2026-05-05T00:00:00Z"],
  ["more hours than a month's", `?per=hour&from=${new Date(Date.now() - 40 * 86_400_000).toISOString()}`],
  ["hours that are not kept", "?per=hour&from=2026-05-05T00:00:00Z&to=2026-05-06T00:00:00Z"],
])("refuses %s", async (_, query) => {
  const { status, json } = await usage(query);
  expect([status, json.code, json.errors?.[0]?.field]).toEqual([400, "invalid_request", "from"]);
});

test("needs permission to read keys", async () => {
  expect((await usage("", subject, subject)).json.code).toBe("forbidden");
});
