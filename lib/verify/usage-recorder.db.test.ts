import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestDatabase } from "@/e2e/support/test-database";
import { createTestKey } from "@/e2e/support/test-key";
import type { TestOrganization } from "@/e2e/support/test-organization";
import { createTestOrganization } from "@/e2e/support/test-organization";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { addKeyUse, newKeyUse } from "./key-use";
import { flushUsage, recordUse, startUsageRecorder, stopUsageRecorder } from "./usage-recorder";
import { writeUsage } from "./write-usage";

let close: () => Promise<void>;
let organization: TestOrganization;
let keyId: string;
let secretId: string;

beforeAll(async () => {
  ({ close } = await openTestDatabase());
  organization = await createTestOrganization("Usage");
});
afterAll(() => close());

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

function use(at: Date, address: string | null = "203.0.113.7", client: string | null = "curl/8") {
  recordUse({ keyId, secretId, at, address, client });
}

async function stored() {
  const key = await database().apiKey.findUniqueOrThrow({
    where: { id: keyId },
    include: { secrets: true, usageHours: { orderBy: { hour: "asc" } } },
  });
  return {
    lastUsedAt: key.lastUsedAt,
    address: key.lastUsedAddress,
    client: key.lastUsedClient,
    secret: key.secrets[0]?.lastUsedAt,
    hours: key.usageHours.map(({ hour, calls }) => [hour.toISOString(), calls]),
  };
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

  test("adds calls to an hour that has some", async () => {
    use(noon);
    await flushUsage();
    use(later(1));
    await flushUsage();
    expect((await stored()).hours).toEqual([["2026-05-05T12:00:00.000Z", 2]]);
  });

  test("never takes the last use back, whichever node writes last", async () => {
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

  test("shows of the last use only what that one said", async () => {
    use(noon, "203.0.113.7", "curl/8");
    await flushUsage();
    use(later(1), null, "\u0000\u0007");
    await flushUsage();
    expect(await stored()).toMatchObject({ lastUsedAt: later(1), address: null, client: null });
  });

  test("[L3] tells the uses of two secrets apart", async () => {
    await database().apiKeySecret.updateMany({ where: { keyId }, data: { endsAt: later(hourMs) } });
    const row = await database().apiKeySecret.findFirstOrThrow({ where: { keyId } });
    const { id: _, ...rest } = row;
    const next = await database().apiKeySecret.create({ data: { ...rest, version: 2, endsAt: null } });
    use(noon);
    recordUse({ keyId, secretId: next.id, at: later(1), address: null, client: null });
    await flushUsage();
    const secrets = await database().apiKeySecret.findMany({
      where: { keyId },
      orderBy: { version: "asc" },
    });
    expect(secrets.map((secret) => secret.lastUsedAt)).toEqual([noon, later(1)]);
  });

  test("keeps what a failed flush could not write, adds to it, and writes it once", async () => {
    await database().$executeRawUnsafe("ALTER TABLE api_key_usage_hours RENAME TO api_key_usage_gone");
    const { level } = log();
    log().level = "silent";
    try {
      use(noon);
      await flushUsage();
      expect(
        (await database().apiKey.findUniqueOrThrow({ where: { id: keyId } })).lastUsedAt,
        "nothing of a flush that failed is written",
      ).toBeNull();
      use(later(1), "203.0.113.8");
    } finally {
      log().level = level;
      await database().$executeRawUnsafe("ALTER TABLE api_key_usage_gone RENAME TO api_key_usage_hours");
    }
    await flushUsage();
    await flushUsage();
    expect(await stored()).toMatchObject({
      lastUsedAt: later(1),
      address: "203.0.113.8",
      hours: [["2026-05-05T12:00:00.000Z", 2]],
    });
  });

  test("forgets a key that is gone from the database, and writes the others", async () => {
    recordUse({ keyId: "0000000000000000", secretId, at: noon, address: null, client: null });
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

  test("of several nodes at once adds up, without a deadlock", async () => {
    const keys = [{ keyId, secretId }, ...(await Promise.all([1, 2, 3, 4].map(newKey)))];
    const batch = (order: number) =>
      (order % 2 ? [...keys].reverse() : keys).map((key) => {
        const entry = newKeyUse();
        addKeyUse(entry, { secretId: key.secretId, at: later(order), address: null, client: null });
        return [key.keyId, entry] as const;
      });
    await Promise.all(Array.from({ length: 20 }, (_, order) => writeUsage(batch(order))));
    const hours = await database().apiKeyUsageHour.findMany({
      where: { keyId: { in: keys.map((key) => key.keyId) } },
    });
    expect(hours.map((hour) => hour.calls)).toEqual(keys.map(() => 20));
  });

  test("counts for the key's own organization", async () => {
    use(noon);
    await flushUsage();
    const [hour] = await database().apiKeyUsageHour.findMany({ where: { keyId } });
    expect(hour?.organizationId).toBe(organization.id);
  });
});
