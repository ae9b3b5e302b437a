import { beforeAll, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { compactUsage } from "./compact-usage";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Compaction");
});

const hourMs = 3_600_000;
const now = new Date("2026-11-21T13:30:00.000Z");
/** The oldest hour that is not yet merged into a day. */
const kept = Date.parse("2026-08-23T00:00:00.000Z");

async function keyWithHours(hours: number) {
  const { id: keyId } = await createTestKey(organization);
  const rows = Array.from({ length: hours }, (_, back) => ({
    organizationId: organization.id,
    keyId,
    hour: new Date(kept + hourMs - back * hourMs),
    outcome: back % 3 === 0 ? ("REVOKED" as const) : ("VALID" as const),
    calls: 2 ** 31 - 1,
  }));
  await database().apiKeyUsageHour.createMany({ data: rows });
  return keyId;
}

async function counts(keyId: string) {
  const hours = await database().apiKeyUsageHour.findMany({ where: { keyId }, orderBy: { hour: "asc" } });
  const days = await database().apiKeyUsageDay.findMany({
    where: { keyId },
    orderBy: [{ day: "asc" }, { outcome: "asc" }],
  });
  const sum = [...hours, ...days].reduce((total, { calls }) => total + Number(calls), 0);
  return { hours, days, sum };
}

test("[Y4] moves hours older than 90 days to their days, by outcome", async () => {
  const keyId = await keyWithHours(2 + 24 + 3);
  const before = await counts(keyId);
  await compactUsage(now);
  const after = await counts(keyId);
  expect(after.hours.map(({ hour }) => hour.getTime())).toEqual([kept, kept + hourMs]);
  expect(after.days.map(({ day, outcome }) => [day.toISOString().slice(0, 10), outcome])).toEqual([
    ["2026-08-21", "VALID"],
    ["2026-08-21", "REVOKED"],
    ["2026-08-22", "VALID"],
    ["2026-08-22", "REVOKED"],
  ]);
  expect(after.sum).toBe(before.sum);
  await compactUsage(now);
  expect(await counts(keyId)).toEqual(after);
});

test("adds a late hour to an existing day", async () => {
  const keyId = await keyWithHours(26);
  await compactUsage(now);
  const { sum } = await counts(keyId);
  await database().apiKeyUsageHour.create({
    data: { organizationId: organization.id, keyId, hour: new Date(kept - hourMs), calls: 5 },
  });
  await compactUsage(now);
  const after = await counts(keyId);
  expect(after.sum).toBe(sum + 5);
  expect(after.days.length).toBe(2);
});

test("neither loses nor doubles counts when several nodes run it on more than one batch", async () => {
  const keyIds = await Promise.all([keyWithHours(2602), keyWithHours(2602), keyWithHours(2602)]);
  const before = await Promise.all(keyIds.map(counts));
  await Promise.all([compactUsage(now), compactUsage(now), compactUsage(now)]);
  await compactUsage(now);
  const after = await Promise.all(keyIds.map(counts));
  expect(after.map(({ sum }) => sum)).toEqual(before.map(({ sum }) => sum));
  expect(after.map(({ hours }) => hours.length)).toEqual([2, 2, 2]);
});

test("stops between batches when it is told to", async () => {
  const keyId = await keyWithHours(26);
  await compactUsage(now, AbortSignal.abort());
  expect((await counts(keyId)).days).toEqual([]);
});
