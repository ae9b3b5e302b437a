import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { createTestWebhook, createWaitingDeliveries } from "@/e2e/support/data/test-webhook";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { WebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { startWebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";
import { claimDeliveries } from "./claim-deliveries";
import { Sender } from "./send-due";

provideTestDatabase();
const stopping = new AbortController();
const sender = new Sender(() => undefined);
let hanging: WebhookReceiver;
let quick: WebhookReceiver;
beforeAll(async () => {
  setEnv({ ...env(), webhookAllowedAddresses: ["127.0.0.0/8"] });
  hanging = await startWebhookReceiver();
  hanging.answerWith(() => undefined);
  quick = await startWebhookReceiver();
});
afterEach(async () => {
  await database().webhookDelivery.deleteMany();
});
afterAll(async () => {
  stopping.abort();
  await sender.idle();
  await Promise.all([hanging, quick].map((each) => each.close()));
});

/** Creates an organization with this many endpoints, each with messages about ten keys. */
async function queue(endpoints: number, url: string): Promise<TestOrganization> {
  const organization = await createTestOrganization();
  for (let each = 0; each < endpoints; each++) {
    const { id } = await createTestWebhook(organization.id, { url: `${url}/${each}` });
    await createWaitingDeliveries(organization.id, id, 10);
  }
  return organization;
}

test("[L8] an organization's endpoints that never answer delay no other organization", async () => {
  const greedy = await queue(20, hanging.url);
  await sender.sendDue(stopping.signal);
  await expect.poll(() => hanging.received.length).toBe(16);
  const modest = await queue(2, quick.url);
  const left = () =>
    database().webhookDelivery.count({ where: { organizationId: modest.id, state: "waiting" } });
  while ((await left()) > 0) await sender.sendDue(stopping.signal);
  expect(quick.received.length).toBe(20);
  // The organization's limit of deliveries under way.
  expect(hanging.received.length).toBe(16);
  // Failing endpoints get half of the limit, so that working ones get the rest.
  await database().$executeRaw`
    UPDATE webhook_endpoints SET failing_since = now() WHERE organization_id = ${greedy.id}::uuid`;
  const two = new Sender(() => undefined);
  await database().webhookDelivery.updateMany({ data: { claimedUntil: null } });
  await two.sendDue(stopping.signal);
  await expect.poll(() => hanging.received.length).toBe(24);
});

test("[L8] a few organizations with slow endpoints leave slots for those without deliveries under way", async () => {
  for (let each = 0; each < 4; each++) await queue(5, hanging.url);
  const node = new Sender(() => undefined);
  const [before, done] = [hanging.received.length, quick.received.length];
  await node.sendDue(stopping.signal);
  await expect.poll(() => hanging.received.length - before).toBe(52);
  const modest = await queue(1, quick.url);
  const other = await queue(1, quick.url);
  const left = () =>
    database().webhookDelivery.count({
      where: { organizationId: { in: [modest.id, other.id] }, state: "waiting" },
    });
  while ((await left()) > 0) await node.sendDue(stopping.signal);
  expect(quick.received.length - done).toBe(20);
  // Meanwhile the slow organizations got no further deliveries.
  expect(hanging.received.length - before).toBe(52);
});

test("[L8] a free slot goes to the organization that sends the least", async () => {
  const [greedy, modest] = [await queue(5, hanging.url), await queue(5, hanging.url)];
  const room = { most: 1, each: 16, left: new Map([[greedy.id, 3]]) };
  for (let each = 0; each < 5; each++) {
    const [claimed] = await claimDeliveries(false, room);
    expect(claimed?.organizationId).toBe(modest.id);
  }
});

test("[L8] all nodes together send four at once to an endpoint, and one while it fails", async () => {
  const organization = await createTestOrganization();
  const { id } = await createTestWebhook(organization.id, { url: hanging.url });
  await createWaitingDeliveries(organization.id, id, 10);
  const nodes = Array.from({ length: 5 }, () => new Sender(() => undefined));
  const before = hanging.received.length;
  const claimed = () =>
    database().webhookDelivery.count({ where: { endpointId: id, claimedUntil: { not: null } } });
  await Promise.all(nodes.map((node) => node.sendDue(stopping.signal)));
  expect(await claimed()).toBe(4);
  await expect.poll(() => hanging.received.length - before).toBe(4);
  await database().webhookDelivery.updateMany({ data: { claimedUntil: null } });
  await database().webhookEndpoint.update({ where: { id }, data: { failingSince: new Date() } });
  const others = Array.from({ length: 5 }, () => new Sender(() => undefined));
  await Promise.all(others.map((node) => node.sendDue(stopping.signal)));
  expect(await claimed()).toBe(1);
});
