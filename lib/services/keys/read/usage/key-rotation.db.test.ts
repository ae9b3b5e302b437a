import { beforeAll, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { rollKey } from "@/lib/services/keys/roll-key";
import { readKey } from "../read-key";
import { readKeyRotation } from "./key-rotation";

const hour = 60 * 60 * 1000;
/** Half past an hour, so that half of the previous hour belongs to the last 60 minutes. */
const now = new Date(Math.floor(Date.now() / hour) * hour + hour / 2);
const ago = (hours: number) => new Date(now.getTime() - hours * hour);
let organization: TestOrganization;

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Rotation");
});

type Calls = readonly [
  version: number,
  hoursAgo: number,
  address: string,
  accepted: number,
  refused?: number,
];

async function rollingKey(rolledAt: Date, graceSeconds: number, calls: readonly Calls[]) {
  const { id } = await createTestKey(organization);
  value(await rollKey(await organization.as("OWNER", rolledAt), { keyId: id, graceSeconds, version: 1 }));
  const secrets = await database().apiKeySecret.findMany({ where: { keyId: id } });
  await database().apiKeyCallerHour.createMany({
    data: calls.map(([version, hoursAgo, address, accepted, refused = 0]) => ({
      organizationId: organization.id,
      keyId: id,
      hour: new Date(Math.floor(ago(hoursAgo).getTime() / hour) * hour),
      secretId: secrets.find((secret) => secret.version === version)?.id ?? "",
      ...{ isRest: false, address, client: "worker/1", accepted, refused },
      lastAt: ago(hoursAgo),
    })),
  });
  return id;
}

test("[L3] a roll shows the calls with both secrets by the hour, and who still uses the previous one", async () => {
  const keyId = await rollingKey(ago(2), 12 * 3600, [
    [1, 5, "10.0.0.1", 70],
    [1, 1, "10.0.0.2", 40],
    [1, 0, "10.0.0.2", 10, 2],
    [2, 1, "10.0.0.3", 100],
    [2, 0, "10.0.0.3", 60],
  ]);
  const context = await organization.as("OWNER", now);
  const rotation = value(await readKeyRotation(context, { keyId }));
  if (rotation === null) throw new Error("No roll is under way");
  const { current, previous, callers, from, rolledAt, endsAt } = rotation;
  expect({ rolledAt, endsAt }).toEqual({ rolledAt: ago(2), endsAt: ago(-10) });
  expect(from).toEqual(ago(10.5));
  expect(current.hours).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 60]);
  expect(previous.hours).toEqual([0, 0, 0, 0, 0, 70, 0, 0, 0, 40, 12]);
  expect([current.lastHour, previous.lastHour]).toEqual([110, 32]);
  // A caller that used it only before the roll has moved on.
  expect(callers.map(({ address, callsLastHour }) => [address, callsLastHour])).toEqual([["10.0.0.2", 32]]);
  expect(value(await readKey(context, keyId)).rotation).toEqual(rotation);
});

test("[L3] calls before a roll do not count towards what its end refuses", async () => {
  const before: Calls = [1, 0.5, "10.0.0.1", 30];
  const silent = await rollingKey(ago(0.25), 3600, [before]);
  const used = await rollingKey(ago(0.25), 3600, [before, [1, 0.1, "10.0.0.2", 1]]);
  const context = await organization.as("OWNER", now);
  const readings = await Promise.all([silent, used].map((keyId) => readKeyRotation(context, { keyId })));
  const texts = readings.map((reading) => {
    const rotation = value(reading);
    return rotation === null ? null : [rotation.isRecent, rotation.previousIsUsed, rotation.callers.length];
  });
  expect(texts).toEqual([
    [true, false, 0],
    [true, true, 1],
  ]);
});

test("[L3] there is no rotation without a roll, after its grace, or for a revoked key", async () => {
  const { id: still } = await createTestKey(organization);
  const over = await rollingKey(ago(3), 3600, []);
  const revoked = await rollingKey(ago(1), 12 * 3600, []);
  await database().apiKey.update({
    where: { id: revoked },
    data: { revokedAt: now, revocationReason: "person", liveCreatorId: null },
  });
  const context = await organization.as("OWNER", now);
  for (const keyId of [still, over, revoked]) {
    expect(value(await readKeyRotation(context, { keyId }))).toBeNull();
    expect(value(await readKey(context, keyId)).rotation).toBeNull();
  }
});

test("[L9] a key that holds much and uses little is over-privileged, unless its use is unknown", async () => {
  const day = new Date(Math.floor(now.getTime() / (24 * hour)) * 24 * hour);
  const demand = (keyId: string, permission: string) =>
    database().apiKeyPermissionDay.create({
      data: { organizationId: organization.id, keyId, day, permission, calls: 7 },
    });
  const { id: keyId } = await createTestKey(organization, { accessLevel: "ADMIN" });
  await database().apiKey.update({ where: { id: keyId }, data: { lastUsedAt: now } });
  await demand(keyId, "keys:verify");
  const context = await organization.as("OWNER", now);
  const read = async (id: string) => value(await readKey(context, id));
  const wide = await read(keyId);
  expect(wide.findings).toEqual(["unused", "never-expires"]);
  expect(wide.permissionUse).toEqual({
    calls: [{ permission: "keys:verify", calls: 7 }],
    isPartial: false,
  });
  await demand(keyId, "*");
  expect((await read(keyId)).findings).toEqual(["never-expires"]);

  const { id: boundless } = await createTestKey(organization);
  expect((await read(boundless)).findings).toEqual(["boundless", "never-used", "never-expires"]);
});
