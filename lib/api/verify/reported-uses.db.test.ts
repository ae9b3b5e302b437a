import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestStreams } from "@/e2e/support/api/test-streams";
import { testStreams } from "@/e2e/support/api/test-streams";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { flushUsage } from "@/lib/verify/usage/usage-recorder";

const api = provideTestApi();
let organization: TestOrganization;
let caller: TestKey;
let streams: TestStreams;

beforeAll(async () => {
  await startChangeFeed();
  organization = await createTestOrganization("Stream");
  caller = await createTestKey(organization, { roles: ["key_verifier"] });
  streams = testStreams(api.url);
});
afterEach(() => streams.cut());
afterAll(() => stopChangeFeed());

const stream = () => streams.open(caller.token);

test("[L10] uses that cannot be counted as fast as they are reported end the stream, and no other's", async () => {
  const other = await createTestOrganization("Patient");
  const patient = await streams.open((await createTestKey(other, { roles: ["key_verifier"] })).token);
  const flooding = await stream();
  const used = Array.from({ length: 1000 }, () => [randomUUID(), "VALID", 1, 0, null] as const);
  const line = JSON.stringify({ used });
  for (let each = 0; each < 300; each++) flooding.say(line);
  expect(await flooding.line("end")).toEqual({ end: "More uses were reported than can be counted." });
  await flooding.closed;
  patient.say({ used: used.slice(0, 1) });
  patient.say("nonsense");
  expect(await patient.line("end")).toEqual({ end: "This line is not valid in this protocol." });
});

test("uses of keys that the stream did not send, and impossible ones, are not counted", async () => {
  const other = await createTestOrganization("Uncounted");
  const theirs = await createTestKey(other);
  const mine = await createTestKey(organization);
  const deleted = await createTestKey(organization);
  const secretOf = async ({ id }: TestKey) =>
    (await database().apiKeySecret.findFirstOrThrow({ where: { keyId: id } })).id;
  await endTestKey(deleted, { revokedAt: new Date(0), deletedAt: new Date(0) });
  const [theirSecret, mySecret] = [await secretOf(theirs), await secretOf(mine)];
  const talking = await stream();
  const use = (secretId: string, code = "VALID", calls = 1) => [secretId, code, calls, 0, null] as const;
  talking.say({
    used: [
      use(theirSecret),
      use(randomUUID()),
      use(mySecret, "NONSENSE"),
      use(mySecret, "VALID", -1),
      use(mySecret, "VALID", 99_999_999),
      [mySecret, "VALID", 5, -60_000, null],
      use(await secretOf(deleted)),
      use(mySecret, "VALID", 3),
    ],
  });
  const counted = async () => {
    await flushUsage();
    return database().apiKeyUsageHour.findMany({ select: { keyId: true, outcome: true, calls: true } });
  };
  const own = async () =>
    (await counted()).filter(({ keyId }) => [mine.id, theirs.id, deleted.id].includes(keyId));
  await expect.poll(own, { timeout: 20_000 }).toEqual([{ keyId: mine.id, outcome: "VALID", calls: 3 }]);
  expect(
    (await database().apiKeySecret.findUniqueOrThrow({ where: { id: theirSecret } })).lastUsedAt,
  ).toBeNull();

  // Another key's stream may report no more than what is left of the organization's allowance.
  talking.say({ used: [use(mySecret, "VALID", 59_000_000)] });
  await expect.poll(own, { timeout: 20_000 }).toMatchObject([{ calls: 59_000_003 }]);
  const further = await streams.open((await createTestKey(organization, { roles: ["key_verifier"] })).token);
  further.say({ used: [use(mySecret, "VALID", 60_000_000), use(mySecret)] });
  await expect.poll(own, { timeout: 20_000 }).toMatchObject([{ calls: 59_000_004 }]);
});
