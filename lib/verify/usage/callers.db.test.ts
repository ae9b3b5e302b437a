import { beforeAll, beforeEach, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { readKeyCallers } from "@/lib/services/keys/read/usage/key-callers";
import { readPermissionUse } from "@/lib/services/keys/read/usage/permission-use";
import { readSecretUsage } from "@/lib/services/keys/read/usage/secret-usage";
import { compactUsage } from "./compact-usage";
import { foldUsage } from "./fold-usage";
import { KeyUse } from "./key-use";
import { callersShown, trimCallers } from "./trim-callers";
import { UsageText } from "./usage-batch";
import type { Use } from "./usage-recorder";
import { flushUsage, recordUse, writeUsage } from "./usage-recorder";

let organization: TestOrganization;
let key: { id: string; organizationId: string };
let secretId: string;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Callers");
});
beforeEach(async () => {
  const { id } = await createTestKey(organization);
  key = { id, organizationId: organization.id };
  secretId = (await database().apiKeySecret.findFirstOrThrow({ where: { keyId: id } })).id;
});

const now = new Date("2026-05-05T12:30:00.000Z");
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const use = (over: Partial<Use>) =>
  recordUse({
    ...{ organizationId: key.organizationId, keyId: key.id, secretId },
    ...{ at: now, address: "203.0.113.7", client: "curl/8" },
    ...over,
  });

/** Rolls the key by hand, with a grace period. Returns the id of the previous secret. */
async function rollSecret(): Promise<string> {
  const previous = secretId;
  const endsAt = new Date(now.getTime() + 3_600_000);
  await database().apiKeySecret.update({ where: { id: previous }, data: { endsAt } });
  const row = await database().apiKeySecret.findFirstOrThrow({
    where: { id: previous },
    omit: { hash: false },
  });
  const { id: _, ...rest } = row;
  secretId = (await database().apiKeySecret.create({ data: { ...rest, version: 2, endsAt: null } })).id;
  return previous;
}

test("[L3] lists who called with which secret, the busiest first", async () => {
  const previous = await rollSecret();
  for (let call = 0; call < 3; call++) use({});
  use({ at: minutesAgo(30), calls: 10 });
  use({ at: minutesAgo(60), calls: 4 });
  use({ secretId: previous, address: "2001:db8::1", client: null, calls: 2, at: minutesAgo(1) });
  use({ secretId: previous, address: "2001:db8::1", client: null, outcome: "FORBIDDEN_IP" });
  use({ at: minutesAgo(25 * 60) });
  await flushUsage();
  expect(await readKeyCallers(key, now)).toEqual([
    {
      ...{ secretVersion: 2, address: "203.0.113.7", client: "curl/8", isRest: false },
      // Half of the previous hour's four calls.
      ...{ calls24Hours: 17, refused24Hours: 0, callsLastHour: 15, lastAt: now },
    },
    {
      ...{ secretVersion: 1, address: "2001:db8::1", client: null, isRest: false },
      ...{ calls24Hours: 2, refused24Hours: 1, callsLastHour: 3, lastAt: now },
    },
  ]);
  const [current, old] = await readSecretUsage(key, { from: minutesAgo(90), to: now });
  expect(current?.hours.map(({ accepted }) => accepted)).toEqual([4, 13]);
  expect(old).toMatchObject({ version: 1, hours: [{ accepted: 0 }, { accepted: 2, refused: 1 }] });
});

test("[L3] shows both secrets of a roll before either was used", async () => {
  await rollSecret();
  const usage = await readSecretUsage(key, { from: minutesAgo(10), to: now });
  expect(usage.map(({ version, endsAt }) => [version, endsAt === null])).toEqual([
    [2, true],
    [1, false],
  ]);
});

test("[L3] keeps the busiest callers of an hour, adds up the others, and loses no call", async () => {
  const flood = async (of: string) => {
    for (let each = 0; each < 60; each++) {
      use({ address: "198.51.100.9", client: `${of} ${each}`, secretId });
      if (each % 15 === 0) await flushUsage();
    }
    await flushUsage();
  };
  await flood("first");
  use({ address: "192.0.2.1", client: "late and busy", calls: 500 });
  await flood("second");
  await trimCallers(now);
  await Promise.all([trimCallers(now), trimCallers(now)]);
  const rows = await database().apiKeyCallerHour.findMany({ where: { keyId: key.id } });
  expect(rows.filter(({ isRest }) => !isRest).length).toBeLessThanOrEqual(2 * callersShown);
  expect(rows.reduce((sum, { accepted }) => sum + Number(accepted), 0)).toBe(620);
  const [first] = await readKeyCallers(key, now);
  expect(first).toMatchObject({ address: "192.0.2.1", client: "late and busy", calls24Hours: 500 });
  const shown = await readKeyCallers(key, now);
  expect(shown.at(-1)).toMatchObject({ isRest: true, address: null, client: null });
  expect(shown.reduce((sum, { calls24Hours }) => sum + calls24Hours, 0)).toBe(620);
});

test("[L3] many callers of the new secret do not hide who still uses the previous one", async () => {
  const previous = await rollSecret();
  const hour = new Date("2026-05-05T12:00:00.000Z");
  const row = (of: string, at: number, accepted: number) => ({
    ...{
      organizationId: key.organizationId,
      keyId: key.id,
      hour,
      secretId: of,
      lastAt: now,
      accepted,
      refused: 0,
    },
    ...(at < 0
      ? { isRest: true, address: "", client: "" }
      : { isRest: false, address: `10.0.0.${at}`, client: "" }),
  });
  const callers = Array.from({ length: 80 }, (_, at) => row(secretId, at, 1000 + at));
  await database().apiKeyCallerHour.createMany({
    data: [...callers, row(secretId, -1, 7), row(previous, 1, 2), row(previous, -1, 1)],
  });
  const read = await readKeyCallers(key, now);
  expect(read.filter(({ secretVersion }) => secretVersion === 1)).toMatchObject([
    { address: "10.0.0.1", calls24Hours: 2, isRest: false },
    { address: null, calls24Hours: 1, isRest: true },
  ]);
  expect(read).toHaveLength(52);
  expect(read[0]).toMatchObject({ address: "10.0.0.79", secretVersion: 2 });
  expect(read.slice(-2)).toMatchObject([{ isRest: true, calls24Hours: 7 }, { isRest: true }]);
});

test("[Y4] adds what a killed node of the previous version left, with the last use", async () => {
  // As the migration callers_and_demands leaves it.
  const calls = [
    { key: key.id, hour: Date.parse("2026-05-05T12:00:00.000Z"), outcome: "VALID", calls: 3 },
    { key: key.id, secret: secretId, at: now.getTime(), address: "203.0.113.7", client: "curl/8", calls: 0 },
    { key: key.id, secret: secretId, good: false, calls: 0, outcome: "REVOKED" },
  ];
  const id = "01932f6e-8f3c-4d52-9c3e-5a4b7f0e2d11";
  await writeUsage([{ id, part: 0, calls: JSON.stringify(calls), demands: "[]" }]);
  await foldUsage();
  expect(
    await database().apiKey.findUnique({
      where: { id: key.id },
      select: { lastUsedAt: true, lastUsedAddress: true, usageHours: { select: { calls: true } } },
    }),
  ).toEqual({ lastUsedAt: now, lastUsedAddress: "203.0.113.7", usageHours: [{ calls: 3 }] });
  const secret = await database().apiKeySecret.findUniqueOrThrow({ where: { id: secretId } });
  expect([secret.lastUsedAt, secret.wasRefused]).toEqual([now, true]);
  expect(await readKeyCallers(key, now)).toEqual([]);
});

test("[Y4] counts callers and demands once when a batch is written twice", async () => {
  const entry = new KeyUse();
  const by = { secretId, address: null, client: null, demanded: ["workspaces:read"] };
  entry.add(now.getTime(), "VALID", by, { left: 1 });
  const text = new UsageText();
  text.add(key.id, entry);
  const batches = text.batches();
  await writeUsage(batches);
  await writeUsage(batches);
  await Promise.all([foldUsage(), foldUsage()]);
  expect(await readKeyCallers(key, now)).toMatchObject([{ calls24Hours: 1, address: null, client: null }]);
  expect((await readPermissionUse(key, now)).calls).toEqual([{ permission: "workspaces:read", calls: 1 }]);
});

test("[L9] counts what accepted calls demanded in 90 days", async () => {
  use({ demanded: ["workspaces:read", "invoices:send"], calls: 3 });
  use({ demanded: ["workspaces:read"], at: minutesAgo(90 * 24 * 60) });
  use({ demanded: ["organizations:read"], at: minutesAgo(92 * 24 * 60) });
  use({ demanded: ["users:read"], outcome: "RATE_LIMITED" });
  await flushUsage();
  expect(await readPermissionUse(key, now)).toEqual({
    calls: [
      { permission: "workspaces:read", calls: 4 },
      { permission: "invoices:send", calls: 3 },
    ],
    isPartial: false,
  });
  use({ demanded: ["*"] });
  await flushUsage();
  expect(await readPermissionUse(key, now)).toMatchObject({ isPartial: true, calls: { length: 2 } });
});

test("[Y4] removes callers after a week and demands after 90 days", async () => {
  const days = (count: number) => minutesAgo(count * 24 * 60);
  for (const age of [0, 7, 9, 91, 92]) use({ at: days(age), demanded: [`age:d${age}`] });
  await flushUsage();
  await compactUsage(now);
  const callers = await database().apiKeyCallerHour.findMany({ where: { keyId: key.id } });
  expect(callers).toHaveLength(2);
  const demands = await database().apiKeyPermissionDay.findMany({ where: { keyId: key.id } });
  expect(demands.map(({ permission }) => permission).sort()).toEqual(["age:d0", "age:d7", "age:d9"]);
});

test("a caller's name is stored in its presentable form", async () => {
  const long = `<script>\u0000\u202e${"x".repeat(20_000)}`;
  use({ client: long });
  use({ client: "\u0007" });
  await flushUsage();
  const clients = (await readKeyCallers(key, now)).map(({ client }) => client);
  expect(clients.sort()).toEqual([`<script>${"x".repeat(192)}`, null]);
});
