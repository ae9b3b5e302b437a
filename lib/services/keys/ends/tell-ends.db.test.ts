import { beforeEach, expect, test } from "vitest";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { reminderDue } from "@/lib/core/notices/end-reminders";
import { database } from "@/lib/db/client";
import { tellEnds } from "./tell-ends";

provideTestDatabase();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization();
});

const dayMs = 24 * 60 * 60 * 1000;
/** In the past, because ends after the database's current time are not announced. */
const start = new Date(Date.now() - 100 * dayMs);
const day = (number: number) => new Date(start.getTime() + number * dayMs);

async function tellAll(now: Date): Promise<void> {
  while (await tellEnds(now));
}

const entries = async () =>
  (
    await database().auditEntry.findMany({
      where: { organizationId: organization.id, action: { in: ["key.expiring", "key.expired"] } },
      orderBy: { sequence: "asc" },
    })
  ).map(({ action, targetId, details }) => ({ action, targetId, details }));

const maximum = (maximumLifetimeDays: number | null) =>
  database().organization.update({ where: { id: organization.id }, data: { maximumLifetimeDays } });

test("[L8, L17] an end is announced 14, 7 and 1 days before and when it comes, once each", async () => {
  const { id } = await createTestKey(organization, { createdAt: start, expiresAt: day(60) });
  const gone = await createTestKey(organization, { createdAt: start, expiresAt: day(60) });
  await endTestKey(gone, { revokedAt: day(1) });
  await createTestKey(organization, { createdAt: start });
  await tellAll(day(45));
  expect(await entries()).toEqual([]);
  const details = { endsAt: day(60).toISOString(), setBy: "key" };
  const told = (daysBefore: number) => ({
    ...{ action: "key.expiring", targetId: id, details: { ...details, daysBefore } },
  });
  for (const now of [46, 50, 52]) await tellAll(day(now));
  expect(await entries()).toEqual([told(14)]);
  for (const now of [53, 56, 59, 59.5]) await tellAll(day(now));
  expect(await entries()).toEqual([told(14), told(7), told(1)]);
  // A node whose clock is behind does not repeat anything.
  await tellAll(day(57));
  await tellAll(day(60));
  await tellAll(day(61));
  expect((await entries()).slice(3)).toEqual([{ action: "key.expired", targetId: id, details }]);
});

test("[L17] after a time without a server only the last reminder is sent, and a new end is announced again", async () => {
  const { id } = await createTestKey(organization, { createdAt: start, expiresAt: day(60) });
  await tellAll(day(58.9));
  await maximum(70);
  await tellAll(day(58.9));
  await maximum(59);
  await tellAll(day(58.9));
  const daysBefore = (days: number) => ({
    action: "key.expiring",
    targetId: id,
    details: { daysBefore: days },
  });
  expect(await entries()).toMatchObject([
    { ...daysBefore(reminderDue(start, day(60), day(58.9)) ?? 0) },
    { ...daysBefore(1), details: { daysBefore: 1, setBy: "policy", endsAt: day(59).toISOString() } },
  ]);
});

test("[L17] for any ages and ends of keys, reminders follow the rule", async () => {
  const now = day(50);
  const expected: (number | null)[] = [];
  const keys: string[] = [];
  for (const [index, life] of [0.2, 0.9, 1.1, 1.9, 2.3, 5, 7.4, 8.8, 13, 14.6, 15.2, 29].entries()) {
    for (const left of [0.1, 0.7, 1, 1.4, 6.5, 7, 7.9, 14, 14.3, 15]) {
      if (left > life) continue;
      const expiresAt = day(50 + left + index / 1000);
      const createdAt = new Date(expiresAt.getTime() - life * dayMs);
      keys.push((await createTestKey(organization, { createdAt, expiresAt })).id);
      expected.push(reminderDue(createdAt, expiresAt, now));
    }
  }
  await tellAll(now);
  const told = new Map((await entries()).map(({ targetId, details }) => [targetId, details]));
  expect(keys.map((id) => (told.get(id) as { daysBefore?: number })?.daysBefore ?? null)).toEqual(expected);
  expect(new Set(expected)).toEqual(new Set([null, 14, 7, 1]));
});

test("[L8] a key that lives for hours, or ended while no server ran, is announced once", async () => {
  const createdAt = day(10);
  const expiresAt = new Date(createdAt.getTime() + 3_600_000);
  const { id } = await createTestKey(organization, { createdAt, expiresAt });
  await tellAll(createdAt);
  expect(await entries()).toEqual([]);
  await tellAll(day(12));
  expect(await entries()).toMatchObject([{ action: "key.expired", targetId: id }]);
  await createTestKey(organization, { createdAt: start, expiresAt: day(20) });
  await tellAll(day(51));
  expect((await entries()).length).toBe(1);
});

test("[L8] a maximum lifetime sets new ends, and extending it moves them back", async () => {
  const { id } = await createTestKey(organization, { createdAt: start });
  await maximum(30);
  await tellAll(day(40));
  const [first] = await entries();
  expect(first).toEqual({
    ...{ action: "key.expired", targetId: id },
    details: { endsAt: day(30).toISOString(), setBy: "policy" },
  });
  await maximum(50);
  await tellAll(day(40));
  await maximum(null);
  await tellAll(day(60));
  await maximum(50);
  await tellAll(day(60));
  expect((await entries()).slice(1)).toMatchObject([
    { action: "key.expiring", details: { endsAt: day(50).toISOString() } },
    { action: "key.expired", details: { endsAt: day(50).toISOString() } },
  ]);
});

test("[L8] many keys that end at once are announced once each, even by two nodes", async () => {
  const keys = 450;
  const { id } = await createTestKey(organization, { createdAt: start, expiresAt: day(20) });
  // Copies of the key's row with new ids.
  await database().$executeRaw`
    INSERT INTO api_keys SELECT copy.* FROM generate_series(1, ${keys - 1}::int) n, api_keys k,
      jsonb_populate_record(k, jsonb_build_object('id', lpad(n::text, 16, '0'))) copy WHERE k.id = ${id}`;
  await Promise.all([tellAll(day(20)), tellAll(day(20))]);
  const told = (await entries()).map(({ targetId }) => targetId);
  expect(told.length).toBe(keys);
  expect(new Set(told).size).toBe(keys);
});

test("[L8] a node whose clock is ahead announces no end too early", async () => {
  const expiresAt = new Date(Date.now() + 20 * dayMs);
  await createTestKey(organization, { createdAt: start, expiresAt });
  await tellAll(new Date(expiresAt.getTime() + dayMs));
  expect(await entries()).toEqual([]);
});

test("[L8] a failure in one organization does not delay others", async () => {
  const broken = organization;
  await createTestKey(broken, { createdAt: start, expiresAt: day(20) });
  organization = await createTestOrganization();
  const { id } = await createTestKey(organization, { createdAt: start, expiresAt: day(20) });
  await database().$executeRawUnsafe(`
    ALTER TABLE told_ends ADD CONSTRAINT broken CHECK (organization_id <> '${broken.id}') NOT VALID`);
  for (let each = 0; each < 2; each++) await tellEnds(day(20));
  expect(await entries()).toMatchObject([{ action: "key.expired", targetId: id }]);
  await database().$executeRawUnsafe("ALTER TABLE told_ends DROP CONSTRAINT broken");
  organization = broken;
  await tellAll(day(20));
  expect((await entries()).length).toBe(1);
});
