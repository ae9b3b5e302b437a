import { beforeAll, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { readKey } from "../read-key";

const hourMs = 60 * 60 * 1000;
const now = new Date(Math.floor(Date.now() / hourMs) * hourMs + hourMs / 2);
const hourBefore = (hours: number) => new Date(now.getTime() - hourMs / 2 - hours * hourMs);
let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Callers");
});

/** Reads a key with these callers, each with the hours of its calls. A caller without an address is the rest. */
async function readCalled(calls: Readonly<Record<string, readonly number[]>>) {
  const { id } = await createTestKey(organization);
  const { id: secretId } = await database().apiKeySecret.findFirstOrThrow({ where: { keyId: id } });
  const ids = { organizationId: organization.id, keyId: id };
  const each = Object.entries(calls).flatMap(([address, hours]) => hours.map((hour) => ({ address, hour })));
  await database().apiKeyCallerHour.createMany({
    data: each.map(({ address, hour }) => ({
      ...{ ...ids, secretId, hour: hourBefore(hour), isRest: address === "", address },
      ...{ client: address === "" ? "" : "curl/8", accepted: 100, refused: 0, lastAt: hourBefore(hour) },
    })),
  });
  const hours = [...new Set(each.map(({ hour }) => hour))];
  await database().apiKeyUsageHour.createMany({
    data: hours.map((hour) => ({
      ...{ ...ids, hour: hourBefore(hour), outcome: "VALID" as const },
      calls: 100 * each.filter((one) => one.hour === hour).length,
    })),
  });
  return value(await readKey(await organization.as("OWNER", now), id));
}

const days = Array.from({ length: 100 }, (_, hour) => hour);

test("[L2] a caller whose first call was in the last 24 hours is new since that hour", async () => {
  const { newCallers, impact } = await readCalled({
    "10.0.0.1": days,
    "203.0.113.7": [3, 1, 0],
    "10.0.0.2": [30, 2],
  });
  expect(newCallers).toEqual([{ address: "203.0.113.7", client: "curl/8", since: hourBefore(3) }]);
  expect(impact.callers.map(({ address, lastAt }) => [address, lastAt])).toEqual([
    ["10.0.0.1", hourBefore(0)],
    ["203.0.113.7", hourBefore(0)],
    ["10.0.0.2", hourBefore(2)],
  ]);
});

test("[L2] no caller is new to a key that was not called before, or that had unnamed callers", async () => {
  expect((await readCalled({ "10.0.0.1": [20, 0], "10.0.0.2": [1] })).newCallers).toEqual([]);
  expect((await readCalled({ "10.0.0.1": days, "10.0.0.2": [1], "": [40] })).newCallers).toEqual([]);
});

test("[L2] a key's calls are compared with its usual hour", async () => {
  const many = Object.fromEntries(Array.from({ length: 4 }, (_, at) => [`203.0.113.${at}`, [1, 0]]));
  // 500 calls in half an hour, and half of the 500 before.
  expect((await readCalled({ "10.0.0.1": days, ...many })).unusualRate).toEqual({
    times: 7.5,
    since: hourBefore(1),
  });
  expect((await readCalled({ "10.0.0.1": days })).unusualRate).toBeNull();
});
