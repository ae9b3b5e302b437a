import { beforeAll, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { periodOf, totalsOf } from "@/lib/core/keys/usage/usage-series";
import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";
import { database } from "@/lib/db/client";
import { compactUsage } from "@/lib/verify/usage/compact-usage";
import { readKeyImpact } from "./key-impact";
import { readUsage } from "./key-usage";
import { readKey } from "./read-key";

let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Usage");
});

async function keyWith(hours: readonly (readonly [hour: string, outcome: UsageOutcome, calls: number])[]) {
  const { id } = await createTestKey(organization);
  const data = hours.map(([hour, outcome, calls]) => ({
    ...{ organizationId: organization.id, keyId: id },
    ...{ hour: new Date(hour), outcome, calls },
  }));
  await database().apiKeyUsageHour.createMany({ data });
  return { id, organizationId: organization.id };
}

test("[L12] usage by hour and by day, by outcome of the calls", async () => {
  const key = await keyWith([
    ["2026-05-04T23:00:00Z", "VALID", 3],
    ["2026-05-05T00:00:00Z", "VALID", 5],
    ["2026-05-05T00:00:00Z", "EXPIRED", 7],
    ["2026-05-05T02:00:00Z", "VALID", 11],
  ]);
  await keyWith([["2026-05-05T00:00:00Z", "VALID", 1000]]);
  const from = new Date("2026-05-04T23:30:00Z");
  const to = new Date("2026-05-05T02:00:00Z");
  expect(await readUsage(key, { from, to, per: "hour" })).toEqual([
    { start: new Date("2026-05-04T23:00:00Z"), calls: { VALID: 3 } },
    { start: new Date("2026-05-05T00:00:00Z"), calls: { VALID: 5, EXPIRED: 7 } },
    { start: new Date("2026-05-05T01:00:00Z"), calls: {} },
  ]);
  const days = await readUsage(key, { from, to: new Date("2026-05-06T00:00:00Z"), per: "day" });
  expect(days).toEqual([
    { start: new Date("2026-05-04T00:00:00Z"), calls: { VALID: 3 } },
    { start: new Date("2026-05-05T00:00:00Z"), calls: { VALID: 16, EXPIRED: 7 } },
  ]);
});

test("[L12] a day is the same before, during and after its hours are added up", async () => {
  const hours = ["00", "05", "23"].map((hour) => [`2026-05-05T${hour}:00:00Z`, "VALID", 2] as const);
  const key = await keyWith(hours);
  const span = { from: new Date("2026-05-05"), to: new Date("2026-05-06"), per: "day" } as const;
  const before = await readUsage(key, span);
  expect(before).toEqual([{ start: span.from, calls: { VALID: 6 } }]);
  await compactUsage(new Date("2026-11-21T12:00:00Z"));
  expect(await database().apiKeyUsageHour.count({ where: { keyId: key.id } })).toBe(0);
  expect(await readUsage(key, span)).toEqual(before);
  const late = { hour: new Date("2026-05-05T07:00:00Z"), calls: 1 };
  await database().apiKeyUsageHour.create({
    data: { ...late, organizationId: organization.id, keyId: key.id },
  });
  expect(await readUsage(key, span)).toEqual([{ start: span.from, calls: { VALID: 7 } }]);
});

test("[L2] [L12] the sheet shows 24 hours, 7 and 90 days, and the impact only successful calls of the last 24 hours", async () => {
  const context = await organization.as("OWNER");
  const now = context.origin.at;
  const hoursAgo = (hours: number) => {
    const at = now.getTime() - hours * 3_600_000;
    return new Date(at - (at % 3_600_000)).toISOString();
  };
  const key = await keyWith([
    [hoursAgo(0), "VALID", 5],
    [hoursAgo(1), "REVOKED", 70],
    [hoursAgo(26), "VALID", 900],
    [hoursAgo(31 * 24), "VALID", 10_000],
  ]);
  expect(value(await readKeyImpact(context, { keyId: key.id })).callsLast24Hours).toBe(5);
  const { usage } = value(await readKey(context, key.id));
  expect(totalsOf(usage["24 h"])).toEqual({ accepted: 5, refused: 70 });
  expect(totalsOf(usage["7 d"])).toEqual({ accepted: 905, refused: 70 });
  expect(totalsOf(usage["90 d"])).toEqual({ accepted: 10_905, refused: 70 });
  for (const [span, periods] of [
    ["24 h", 24],
    ["7 d", 28],
    ["90 d", 90],
  ] as const) {
    const { from, to } = periodOf(usage[span], periods - 1);
    expect(usage[span].accepted).toHaveLength(periods);
    expect(from <= now && now < to).toBe(true);
  }
});
