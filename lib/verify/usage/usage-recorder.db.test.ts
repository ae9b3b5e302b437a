import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { foldUsage } from "./fold-usage";
import { KeyUse } from "./key-use";
import { UsageText } from "./usage-batch";
import { flushUsage, recordUse, startUsageRecorder, stopUsageRecorder, writeUsage } from "./usage-recorder";

let organization: TestOrganization;
let keyId: string;
let secretId: string;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Usage");
});

async function newKey(): Promise<{ keyId: string; secretId: string }> {
  const { id } = await createTestKey(organization);
  const secret = await database().apiKeySecret.findFirstOrThrow({ where: { keyId: id } });
  return { keyId: id, secretId: secret.id };
}

beforeEach(async () => {
  ({ keyId, secretId } = await newKey());
});

const noon = new Date("2026-05-05T12:00:00.000Z");
const later = (ms: number) => new Date(noon.getTime() + ms);
const hourMs = 3_600_000;

const whose = () => ({ organizationId: organization.id, keyId, secretId });

function use(at: Date, address: string | null = "203.0.113.7", client: string | null = "curl/8") {
  recordUse({ ...whose(), at, address, client });
}

async function stored() {
  const key = await database().apiKey.findUniqueOrThrow({
    where: { id: keyId },
    include: {
      secrets: { orderBy: { version: "asc" } },
      usageHours: { orderBy: { hour: "asc" }, where: { outcome: "VALID" } },
    },
  });
  return {
    lastUsedAt: key.lastUsedAt,
    address: key.lastUsedAddress,
    client: key.lastUsedClient,
    secret: key.secrets[0]?.lastUsedAt,
    hours: key.usageHours.map(({ hour, calls }) => [hour.toISOString(), calls]),
  };
}

function usageBatches(uses: Iterable<readonly [keyId: string, KeyUse]>) {
  const text = new UsageText();
  for (const [keyId, use] of uses) text.add(keyId, use);
  return text.batches();
}

function oneUse(at: Date, secret = secretId) {
  const entry = new KeyUse();
  entry.add(at.getTime(), "VALID", { secretId: secret, address: null, client: null }, { left: 1 });
  return entry;
}

const never = { lastUsedAt: null, address: null, client: null, secret: null, hours: [] };

describe("[Y4] the usage recorder", () => {
  test("writes nothing until it flushes, then all of it", async () => {
    use(noon);
    use(later(hourMs), "2001:db8::1", "node");
    use(later(1));
    expect(await stored()).toEqual(never);
    await flushUsage();
    expect(await stored()).toEqual({
      lastUsedAt: later(hourMs),
      address: "2001:db8::1",
      client: "node",
      secret: later(hourMs),
      hours: [
        ["2026-05-05T12:00:00.000Z", 2],
        ["2026-05-05T13:00:00.000Z", 1],
      ],
    });
  });

  test("adds calls to an existing hour", async () => {
    use(noon);
    await flushUsage();
    use(later(1));
    await flushUsage();
    expect((await stored()).hours).toEqual([["2026-05-05T12:00:00.000Z", 2]]);
  });

  test("never moves the last use back, whichever node writes last", async () => {
    use(later(1000), "203.0.113.8", "late");
    await flushUsage();
    use(noon, "203.0.113.7", "early");
    await flushUsage();
    expect(await stored()).toMatchObject({
      lastUsedAt: later(1000),
      address: "203.0.113.8",
      client: "late",
      secret: later(1000),
      hours: [["2026-05-05T12:00:00.000Z", 2]],
    });
  });

  test("shows only the last use's own details", async () => {
    use(noon, "203.0.113.7", "curl/8");
    await flushUsage();
    use(later(1), null, "\u0000\u0007");
    await flushUsage();
    expect(await stored()).toMatchObject({ lastUsedAt: later(1), address: null, client: null });
  });

  test("[L3] separates the uses of two secrets", async () => {
    await database().apiKeySecret.updateMany({ where: { keyId }, data: { endsAt: later(hourMs) } });
    const row = await database().apiKeySecret.findFirstOrThrow({ where: { keyId }, omit: { hash: false } });
    const { id: _, ...rest } = row;
    const next = await database().apiKeySecret.create({ data: { ...rest, version: 2, endsAt: null } });
    use(noon);
    recordUse({ ...whose(), secretId: next.id, at: later(1), address: null, client: null });
    await flushUsage();
    const secrets = await database().apiKeySecret.findMany({
      where: { keyId },
      orderBy: { version: "asc" },
    });
    expect(secrets.map((secret) => secret.lastUsedAt)).toEqual([noon, later(1)]);
  });

  test("[J3] counts refusals by outcome, and not as uses", async () => {
    for (const outcome of ["REVOKED", "REVOKED", "EXPIRED"] as const) {
      recordUse({ ...whose(), at: noon, address: "203.0.113.9", client: "thief", outcome });
    }
    await flushUsage();
    expect(await stored()).toEqual(never);
    const refused = await database().apiKeyUsageHour.findMany({
      where: { keyId },
      orderBy: { calls: "asc" },
    });
    expect(refused.map(({ outcome, calls }) => [outcome, calls])).toEqual([
      ["EXPIRED", 1],
      ["REVOKED", 2],
    ]);
  });

  test.each([
    ["before it was written down", "usage_batches"],
    ["before it was added to the keys", "api_key_usage_hours"],
  ])("counts a write once that failed %s, and what came meanwhile", async (_, table) => {
    await database().$executeRawUnsafe(`ALTER TABLE ${table} RENAME TO gone`);
    const { level } = log();
    log().level = "silent";
    try {
      use(noon);
      await flushUsage();
      const key = await database().apiKey.findUniqueOrThrow({ where: { id: keyId } });
      expect(key.lastUsedAt, "nothing of a fold that failed is done").toBeNull();
      use(later(1), "203.0.113.8");
      await flushUsage();
    } finally {
      log().level = level;
      await database().$executeRawUnsafe(`ALTER TABLE gone RENAME TO ${table}`);
    }
    // The first flush writes what was waiting, the second what was counted meanwhile.
    await flushUsage();
    await flushUsage();
    expect(await stored()).toMatchObject({
      lastUsedAt: later(1),
      address: "203.0.113.8",
      hours: [["2026-05-05T12:00:00.000Z", 2]],
    });
    expect(await database().usageBatch.count()).toBe(0);
  });

  test("counts a batch once that was written twice after a lost acknowledgement", async () => {
    const batches = usageBatches([[keyId, oneUse(noon)]]);
    await writeUsage(batches);
    await writeUsage(batches);
    await foldUsage();
    expect((await stored()).hours).toEqual([["2026-05-05T12:00:00.000Z", 1]]);
  });

  test("adds the batches that a dead process left", async () => {
    await writeUsage(usageBatches([[keyId, oneUse(noon)]]));
    use(later(1));
    await flushUsage();
    expect((await stored()).hours).toEqual([["2026-05-05T12:00:00.000Z", 2]]);
  });

  test("forgets a key that is gone from the database, and writes the others", async () => {
    recordUse({ ...whose(), keyId: "0".repeat(16), at: noon, address: null, client: null });
    use(noon);
    await flushUsage();
    expect((await stored()).hours).toEqual([["2026-05-05T12:00:00.000Z", 1]]);
  });

  test("writes by itself once started, and what is left when stopped", async () => {
    startUsageRecorder();
    use(noon);
    await expect.poll(async () => (await stored()).hours, { timeout: 10_000 }).toHaveLength(1);
    use(later(1));
    await stopUsageRecorder();
    expect((await stored()).hours).toEqual([["2026-05-05T12:00:00.000Z", 2]]);
  });

  test("adds up batches of several nodes at once, without a deadlock", async () => {
    const keys = [{ keyId, secretId }, ...(await Promise.all([1, 2, 3, 4].map(newKey)))];
    const node = async (order: number) => {
      const uses = keys.map((key) => [key.keyId, oneUse(later(order), key.secretId)] as const);
      await writeUsage(usageBatches(order % 2 ? uses.reverse() : uses));
      await foldUsage();
    };
    await Promise.all(Array.from({ length: 20 }, (_, order) => node(order)));
    await foldUsage();
    const hours = await database().apiKeyUsageHour.findMany({
      where: { keyId: { in: keys.map((key) => key.keyId) } },
    });
    expect(hours.map((hour) => hour.calls)).toEqual(keys.map(() => 20));
    expect((await stored()).lastUsedAt).toEqual(later(19));
  });

  test("caps an hour at the largest value that can be stored", async () => {
    const most = 2 ** 31 - 1;
    for (let time = 0; time < 2; time++) {
      const entry = oneUse(noon);
      entry.calls = most;
      await writeUsage(usageBatches([[keyId, entry]]));
      await foldUsage();
    }
    expect((await stored()).hours).toEqual([["2026-05-05T12:00:00.000Z", most]]);
  });

  test("counts for the key's own organization", async () => {
    use(noon);
    await flushUsage();
    const [hour] = await database().apiKeyUsageHour.findMany({ where: { keyId } });
    expect(hour?.organizationId).toBe(organization.id);
  });
});
