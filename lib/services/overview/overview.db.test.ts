import { beforeEach, describe, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { AccessLevel } from "@/lib/core/access/access-level";
import { database } from "@/lib/db/client";
import { generateKey } from "@/lib/services/keys/generate-key";
import { pauseKey, resumeKey } from "@/lib/services/keys/pause-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { stopLeakedKeys } from "@/lib/services/leaks/stop-leaked-keys";
import { rankKeys } from "@/lib/verify/usage/rank-keys";
import { flushUsage, recordStranger, recordUse } from "@/lib/verify/usage/usage-recorder";
import { readOverview } from "./read-overview";

let organization: TestOrganization;

provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Overview");
});

const hourMs = 3_600_000;
const now = new Date();
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * hourMs);

async function newKey(name: string, over: Parameters<typeof keyInput>[1] = {}) {
  const owner = await organization.as("OWNER", hoursAgo(30));
  const { id } = value(await generateKey(owner, keyInput(organization, { name, ...over })));
  return id;
}

async function use(keyId: string, over: Partial<Parameters<typeof recordUse>[0]> = {}) {
  const secret = await database().apiKeySecret.findFirstOrThrow({ where: { keyId, endsAt: null } });
  const of = { organizationId: organization.id, keyId, secretId: secret.id };
  recordUse({ ...of, at: now, address: "203.0.113.7", client: "curl/8", ...over });
}

const overview = async (period: "24h" | "7d" | "90d" = "24h", level: AccessLevel = "OWNER") =>
  readOverview(await organization.as(level, now), { period });

test("admins and owners see it; members do not", async () => {
  expect(await overview("7d", "ADMIN")).toMatchObject({ ok: true });
  expect(await overview("7d", "MEMBER")).toMatchObject({ ok: false, code: "forbidden" });
});

test("shows calls by outcome, refusals by reason and the busiest keys", async () => {
  const busy = await newKey("Busy");
  const quiet = await newKey("Quiet");
  await use(quiet, { calls: 5 });
  await use(busy, { calls: 40 });
  await use(busy, { calls: 3, outcome: "RATE_LIMITED" });
  await use(busy, { at: hoursAgo(2), outcome: "FORBIDDEN_IP" });
  recordStranger(organization.id, now, "UNKNOWN");
  await flushUsage();
  await rankKeys(now);
  const { calls, refusals, busiest, firstSteps, keys } = value(await overview());
  expect(calls.accepted).toHaveLength(24);
  expect(calls.accepted.at(-1)).toBe(45);
  expect(calls.refused.slice(-3)).toEqual([1, 0, 4]);
  expect(calls.mostly.slice(-3)).toEqual(["FORBIDDEN_IP", null, "RATE_LIMITED"]);
  expect(refusals).toEqual([
    { outcome: "RATE_LIMITED", calls: 3 },
    { outcome: "FORBIDDEN_IP", calls: 1 },
    { outcome: "UNKNOWN", calls: 1 },
  ]);
  expect(busiest.map(({ name, accepted, refused }) => [name, accepted, refused])).toEqual([
    ["Busy", 40, 4],
    ["Quiet", 5, 0],
  ]);
  expect(busiest[0]?.hours.slice(-3)).toEqual([1, 0, 43]);
  expect(firstSteps).toBe(null);
  expect(keys.live).toEqual(keys.all);
  expect(value(await overview("7d")).calls.accepted).toHaveLength(168);
  expect(value(await overview("90d")).calls).toMatchObject({ hoursEach: 24, accepted: { length: 90 } });
});

test("shows nothing of another organization", async () => {
  const other = await createTestOrganization("Neighbour");
  const { id: keyId } = value(await generateKey(await other.as("OWNER"), keyInput(other)));
  await use(keyId, { organizationId: other.id });
  await flushUsage();
  await rankKeys(now);
  const { busiest, calls, firstSteps } = value(await overview("90d"));
  expect(busiest).toEqual([]);
  expect(calls.accepted.every((count) => count === 0)).toBe(true);
  expect(firstSteps).not.toBe(null);
});

test("shows the first steps until the first accepted call", async () => {
  const before = value(await overview()).firstSteps;
  expect(before).toMatchObject({ hasKey: false });
  const keyId = await newKey("First");
  await use(keyId, { outcome: "FORBIDDEN_IP" });
  await flushUsage();
  expect(value(await overview()).firstSteps).toMatchObject({ hasKey: true });
  await use(keyId);
  await flushUsage();
  expect(value(await overview()).firstSteps).toBe(null);
});

test("[L7] pins an action that explains the calls, for readers of the audit log", async () => {
  const names = ["Zapier", "Shopify"];
  const [zapier = "", shopify = ""] = await Promise.all(names.map((name) => newKey(name)));
  for (const hours of [8, 7, 6, 5, 4]) await use(zapier, { at: hoursAgo(hours), calls: 90 });
  await use(zapier, { at: hoursAgo(3), calls: 10 });
  await flushUsage();
  expect(value(await overview()).pinned).toBeNull();
  const admin = await organization.as("OWNER", hoursAgo(4));
  for (const keyId of [zapier, shopify]) value(await pauseKey(admin, { keyId }));
  value(await resumeKey(await organization.as("OWNER", hoursAgo(1)), { keyId: shopify }));
  expect(value(await overview()).pinned).toEqual({
    ...{ action: "key.paused", actorName: "OWNER of Overview", targetName: "Shopify", more: 1 },
    at: hoursAgo(4),
  });
  expect(value(await overview("24h", "ADMIN")).pinned).not.toBeNull();
});

describe("what needs attention", () => {
  const attention = async () => value(await overview()).attention;

  test("is nothing in a quiet organization", async () => {
    await newKey("Calm", { roles: ["read_only"] });
    expect(await attention()).toEqual([]);
  });

  test("[L6] starts with a leaked key, what was done, and its calls before and since", async () => {
    const keyId = await newKey("Leaked", { roles: ["read_only"] });
    const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId } });
    const origin = { at: hoursAgo(2), address: null, userAgent: null, requestId: null };
    await stopLeakedKeys(organization.id, [{ keyId, secretId, places: [] }], "GitHub", origin);
    await use(keyId, { calls: 5, at: hoursAgo(4) });
    await use(keyId, { calls: 9, at: hoursAgo(60) });
    await use(keyId, { outcome: "REVOKED", calls: 7 });
    await newKey("Boundless", { accessLevel: "OWNER" });
    await flushUsage();
    expect(await attention()).toMatchObject([
      {
        ...{ kind: "leaked", name: "Leaked", done: "revoked", at: hoursAgo(2) },
        ...{ acceptedBefore: 5, refusedSince: 7 },
      },
      { kind: "over_privileged", keys: { count: 1, isAll: true } },
    ]);
  });

  test("lists previous secrets that are still used, and no others", async () => {
    const keyId = await newKey("Rolling", { roles: ["read_only"] });
    const old = await database().apiKeySecret.findFirstOrThrow({ where: { keyId } });
    await use(keyId, { secretId: old.id, address: "203.0.113.9", at: hoursAgo(2) });
    await flushUsage();
    const owner = await organization.as("OWNER", hoursAgo(1));
    value(await rollKey(owner, { keyId, graceSeconds: 12 * 3600, version: 1 }));
    await use(keyId);
    await flushUsage();
    expect(await attention()).toEqual([]);
    await use(keyId, { secretId: old.id, calls: 6 });
    await use(keyId, { secretId: old.id, address: "203.0.113.8" });
    await flushUsage();
    expect(await attention()).toMatchObject([
      { kind: "old_secret", name: "Rolling", keyId, clients: 2, callsLastHour: 7 },
    ]);
  });

  test("counts keys that end within a week, by their own expiry or the policy", async () => {
    const inDays = (days: number) => new Date(now.getTime() + days * 24 * hourMs);
    const soon = await newKey("Soon", { roles: ["read_only"], expiresAt: inDays(6) });
    await newKey("Later", { roles: ["read_only"], expiresAt: inDays(8) });
    await use(soon);
    await flushUsage();
    expect(await attention()).toEqual([
      { kind: "expiring", keys: { count: 1, isAll: true }, used: ["Soon"] },
    ]);
    await database().organization.update({
      where: { id: organization.id },
      data: { maximumLifetimeDays: 7 },
    });
    expect(await attention()).toMatchObject([{ kind: "expiring", keys: { count: 2 } }]);
  });
});
