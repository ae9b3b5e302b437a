import { beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { database } from "@/lib/db/client";
import { keyListInput } from "@/lib/schemas/key-list";
import { generateKey } from "../generate-key";
import { pauseKey } from "../pause-key";
import { rollKey } from "../roll-key";
import { listKeys, listOwnKeys } from "./list-keys";

const now = new Date("2026-06-10T12:30:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

let organization: TestOrganization;
let elsewhere: TestOrganization;
let busy: string;
let rolled: string;

async function make(where: TestOrganization, name: string): Promise<string> {
  const input = {
    name,
    description: "",
    type: "secret",
    accessLevel: "MEMBER",
    namespace: { type: "organization", id: where.id },
    roles: ["read_only"],
    expiresAt: null,
  } as const;
  const made = await generateKey(await where.as("OWNER", hoursAgo(72)), {
    ...input,
    roles: [...input.roles],
  });
  return value(made).id;
}

async function called(
  where: TestOrganization,
  keyId: string,
  hours: number,
  calls: number,
  outcome = "VALID",
) {
  const hour = new Date(Math.floor(hoursAgo(hours).getTime() / 3_600_000) * 3_600_000);
  await database().apiKeyUsageHour.create({
    data: { organizationId: where.id, keyId, hour, calls, outcome: outcome as "VALID" },
  });
}

async function row(id: string) {
  const context = await organization.as("OWNER", now);
  const { rows } = value(await listKeys(context, keyListInput.parse({ status: "all" })));
  return rows.find((each) => each.id === id);
}

provideTestDatabase();
beforeAll(async () => {
  organization = await createTestOrganization("Active");
  elsewhere = await createTestOrganization("Elsewhere");
  busy = await make(organization, "Busy");
  rolled = await make(organization, "Rolled");
  const foreign = await make(elsewhere, "Foreign");
  await called(organization, busy, 0, 7);
  await called(organization, busy, 23, 3);
  await called(organization, busy, 24, 1_000);
  await called(organization, busy, 1, 50, "EXPIRED");
  await called(elsewhere, foreign, 1, 99);
  value(
    await rollKey(await organization.as("OWNER", hoursAgo(3)), {
      keyId: rolled,
      graceSeconds: 43_200,
      version: 1,
    }),
  );
});

const previous = () => ({ keyId_version: { keyId: rolled, version: 1 } });
const use = (lastUsedAt: Date) => database().apiKeySecret.update({ where: previous(), data: { lastUsedAt } });

test("[S4] a row has its key's successful calls in the current hour and the 23 before it", async () => {
  const calls = (await row(busy))?.hourlyCalls;
  expect(calls).toHaveLength(24);
  expect(calls?.[23]).toBe(7);
  expect(calls?.[0]).toBe(3);
  expect(calls?.reduce((sum, each) => sum + each)).toBe(10);
  expect((await row(rolled))?.hourlyCalls).toEqual([]);
});

test("[S4] nobody sees calls of another organization's keys", async () => {
  const context = await elsewhere.as("OWNER", now);
  const { rows } = value(await listOwnKeys(context, keyListInput.parse({})));
  const foreign = rows.find(({ name }) => name === "Foreign");
  expect(foreign?.hourlyCalls.reduce((sum, each) => sum + each, 0)).toBe(99);
});

test("[L3] while a key rolls, its row has the last use of the previous secret since the roll", async () => {
  await use(hoursAgo(4));
  expect((await row(rolled))?.previousSecretUsedAt).toBeNull();
  await use(hoursAgo(1));
  expect((await row(rolled))?.previousSecretUsedAt).toEqual(hoursAgo(1));
  expect((await row(busy))?.previousSecretUsedAt).toBeNull();
});

test("[L14] a paused key's row has who paused it", async () => {
  value(await pauseKey(await organization.as("ADMIN", now), { keyId: busy }));
  expect((await row(busy))?.pausedBy?.name).toBe((await organization.as("ADMIN", now)).actor.name);
});
