import { beforeEach, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { untilOneWaits } from "@/e2e/support/timing/until-one-waits";
import type { Transaction } from "@/lib/db/client";
import { database, inTransaction } from "@/lib/db/client";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { readLog } from "@/lib/services/log-readers/log-reader";
import { createWebhook, updateWebhook } from "./change-webhooks";
import { webhookReader } from "./webhook-reader";

provideTestDatabase();
const { signal } = new AbortController();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization();
});

const owner = () => organization.as("OWNER");
const step = () => readLog(webhookReader, new Date(), signal);
const deliveries = (organizationId = organization.id) =>
  database().webhookDelivery.findMany({ where: { organizationId }, orderBy: { position: "asc" } });

async function endpoint(): Promise<string> {
  const url = "https://hooks.example/latchkey";
  return value(await createWebhook(await owner(), { url, events: ["*"] })).id;
}

async function happen(times = 1): Promise<void> {
  const revoked: AuditFacts = {
    action: "key.revoked",
    target: { type: "key", id: "0123456789abcdEF", name: "Billing" },
    details: { reason: "leaked" },
  };
  const others = Array<AuditFacts>(times - 1).fill(revoked);
  const context = await owner();
  await inTransaction((transaction) => recordAuditEntry(transaction, context, revoked, ...others));
}

/** Reads the log during this change of an endpoint, which commits once the reader waits for it. */
async function readDuring(change: (transaction: Transaction) => Promise<unknown>): Promise<boolean> {
  let reading = Promise.resolve(false);
  await inTransaction(async (transaction) => {
    await change(transaction);
    reading = step();
    await untilOneWaits();
  });
  return reading;
}

test("[L8] an endpoint that is disabled while the log is read gets no waiting delivery", async () => {
  const id = await endpoint();
  await happen();
  const disabledAt = new Date();
  const change = (transaction: Transaction) =>
    transaction.webhookEndpoint.update({ where: { id }, data: { disabledAt }, select: { id: true } });
  expect(await readDuring(change)).toBe(true);
  expect(await deliveries()).toEqual([]);
});

test("[L8] an endpoint that is deleted while the log is read delays nothing", async () => {
  const [gone, stays] = [await endpoint(), await endpoint()];
  await happen();
  const change = (transaction: Transaction) => transaction.webhookEndpoint.delete({ where: { id: gone } });
  expect(await readDuring(change)).toBe(true);
  expect((await deliveries()).map(({ endpointId }) => endpointId)).toEqual([stays, stays]);
});

test("[L8] deliveries left waiting for a disabled endpoint fail when it is enabled", async () => {
  const id = await endpoint();
  await happen();
  await step();
  await database().webhookEndpoint.update({
    ...{ where: { id }, data: { disabledAt: new Date() }, select: { id: true } },
  });
  value(await updateWebhook(await owner(), { endpointId: id, active: true }));
  expect((await deliveries()).map(({ state }) => state)).toEqual(["failed", "failed"]);
});

test("[L8] many events for many endpoints become deliveries in parts, each once and in order", async () => {
  for (let each = 0; each < 20; each++) await endpoint();
  await happen(30);
  const counts: number[] = [];
  while (await step()) counts.push((await deliveries()).length);
  const made = counts.map((count, index) => count - (counts[index - 1] ?? 0));
  expect(Math.max(...made)).toBeLessThanOrEqual(1000);
  const all = await deliveries();
  expect(all.length).toBe(30 * 20 * 2);
  const [first] = all;
  const sequences = all.filter((one) => one.endpointId === first?.endpointId).map((one) => one.sequence);
  expect(sequences).toEqual(sequences.toSorted((one, other) => Number(one) - Number(other)));
  expect(new Set(sequences).size).toBe(30);
});

test("[L8] a failure in one organization delays no other, and its events follow later", async () => {
  const broken = organization;
  await endpoint();
  await happen();
  const others = [];
  for (let each = 0; each < 5; each++) {
    organization = await createTestOrganization();
    others.push(organization.id);
    await endpoint();
    await happen();
  }
  await database().$executeRawUnsafe(`
    ALTER TABLE webhook_deliveries ADD CONSTRAINT broken CHECK (organization_id <> '${broken.id}') NOT VALID`);
  expect(await step()).toBe(true);
  for (const id of others) expect((await deliveries(id)).length).toBe(2);
  // Only the broken organization is left, so there is nothing more to do now.
  expect(await step()).toBe(false);
  await database().$executeRawUnsafe("ALTER TABLE webhook_deliveries DROP CONSTRAINT broken");
  expect(await step()).toBe(true);
  expect((await deliveries(broken.id)).length).toBe(2);
});

test("[L8] a chain head ahead of its entries does not cause endless reads", async () => {
  await endpoint();
  while (await step());
  const where = { organizationId: organization.id };
  await database().auditHead.update({ where, data: { sequence: { increment: 1 } } });
  expect(await step()).toBe(false);
});
