import { beforeEach, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { readCallsByOutcome } from "@/lib/services/organizations/organization-usage";
import { compactUsage } from "./compact-usage";
import { keysRanked, rankKeys } from "./rank-keys";
import { flushUsage, recordStranger, recordUse } from "./usage-recorder";

let organization: TestOrganization;

provideTestDatabase();
beforeEach(async () => {
  organization = await createTestOrganization("Outcomes");
});

const now = new Date("2026-05-05T12:30:00.000Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

async function keyToUse() {
  const { id: keyId } = await createTestKey(organization);
  const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId } });
  return { organizationId: organization.id, keyId, secretId, address: null, client: null };
}

test("[Y4] counts an organization's calls by outcome, including those with unknown tokens", async () => {
  const key = await keyToUse();
  recordUse({ ...key, at: now, calls: 5 });
  recordUse({ ...key, at: now, outcome: "REVOKED" });
  recordUse({ ...key, at: hoursAgo(1) });
  recordStranger(organization.id, now, "UNKNOWN");
  recordStranger(organization.id, now, "MALFORMED");
  await flushUsage();
  recordStranger(organization.id, now, "UNKNOWN");
  await flushUsage();
  const hours = await readCallsByOutcome(organization.id, { from: hoursAgo(1), to: now, per: "hour" });
  expect(hours).toEqual([
    { start: new Date("2026-05-05T11:00:00.000Z"), calls: { VALID: 1 } },
    {
      start: new Date("2026-05-05T12:00:00.000Z"),
      calls: { VALID: 5, REVOKED: 1, UNKNOWN: 2, MALFORMED: 1 },
    },
  ]);
});

test("an organization that does not exist is skipped without stopping the rest", async () => {
  const key = await keyToUse();
  recordStranger("00000000-0000-4000-8000-000000000000", now, "UNKNOWN");
  recordUse({ ...key, at: now });
  await flushUsage();
  const [hour] = await readCallsByOutcome(organization.id, { from: now, to: hoursAgo(-1), per: "hour" });
  expect(hour?.calls).toEqual({ VALID: 1 });
  expect(await database().usageBatch.count()).toBe(0);
});

test("[Y4] hours are merged into days after 90 days, and added to existing ones", async () => {
  const key = await keyToUse();
  const old = hoursAgo(91 * 24);
  recordUse({ ...key, at: old, calls: 3 });
  recordUse({ ...key, at: new Date(old.getTime() - 3_600_000), calls: 4 });
  await flushUsage();
  await Promise.all([compactUsage(now), compactUsage(now)]);
  expect(await database().organizationUsageHour.count({ where: { organizationId: organization.id } })).toBe(
    0,
  );
  recordUse({ ...key, at: old });
  await flushUsage();
  const days = await readCallsByOutcome(organization.id, { from: old, to: hoursAgo(90 * 24), per: "day" });
  expect(days.map(({ calls }) => calls.VALID)).toEqual([8, undefined]);
});

test("ranks the busiest keys of each organization in the last two hours", async () => {
  const keys = await Promise.all(Array.from({ length: keysRanked + 3 }, keyToUse));
  keys.forEach((key, place) => {
    recordUse({ ...key, at: now, calls: 100 - place });
  });
  const [first, second] = keys;
  await flushUsage();
  await Promise.all([rankKeys(now), rankKeys(now)]);
  await rankKeys(now);
  const ranked = () =>
    database().organizationBusyKey.findMany({
      where: { organizationId: organization.id },
      orderBy: { calls: "desc" },
    });
  expect((await ranked()).map(({ keyId }) => keyId)).toEqual(
    keys.slice(0, keysRanked).map(({ keyId }) => keyId),
  );
  if (second === undefined || first === undefined) throw new Error("There are keys");
  recordUse({ ...second, at: now, calls: 50 });
  const last = keys.at(-1);
  if (last !== undefined) recordUse({ ...last, at: now, calls: 500 });
  await flushUsage();
  await rankKeys(now);
  const again = await ranked();
  expect(again).toHaveLength(keysRanked);
  expect(again.slice(0, 3).map(({ keyId }) => keyId)).toEqual([last, second, first].map((key) => key?.keyId));
});
