import { expect, test } from "vitest";
import { database, inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { createTestKey } from "../support/data/test-key";
import { createTestOrganization } from "../support/data/test-organization";
import { createTestWebhook } from "../support/data/test-webhook";
import { createInstallation } from "../support/database/installation";
import { startServer } from "../support/processes/server-process";
import type { WebhookReceiver } from "../support/processes/webhook-receiver";
import { startWebhookReceiver } from "../support/processes/webhook-receiver";

/** Set WEBHOOK_EVENTS=10000 for the full promise. */
const events = Number(process.env.WEBHOOK_EVENTS ?? 300);
const kills = 3;
const keys = 20;
const written = 100;

test(`[L8] SIGKILL ${kills} times while ${events} events are sent: all arrive, and those of a key in order`, {
  timeout: 300_000 + 60 * events,
}, async () => {
  const installation = await createInstallation();
  const receiver = await startWebhookReceiver();
  const { endpointId, token } = await installation.withDatabase(() => writeEvents(receiver.url));
  const variables = { ...installation.variables, WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.0/8" };
  const started = performance.now();
  for (let kill = 1; kill <= kills; kill++) {
    const server = await startServer(variables);
    await expect
      .poll(() => arrived(receiver).size, { timeout: 120_000 + 30 * events, interval: 5 })
      .toBeGreaterThanOrEqual(Math.floor((kill * events) / (kills + 1)));
    await server.kill();
  }
  const server = await startServer(variables);
  await expect.poll(() => arrived(receiver).size, { timeout: 120_000 + 30 * events }).toBe(events);
  // A message that arrived just before a kill is sent again when its claim expires, even if it is the last one.
  const headers = { Authorization: `Bearer ${token}` };
  const waiting = async () => {
    const answer = await fetch(`${server.url}/v1/webhooks/${endpointId}`, { headers });
    return (await answer.json()).waiting;
  };
  await expect.poll(waiting, { timeout: 60_000 }).toBe(0);
  await server.stop();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const repeated = receiver.received.length - events;
  process.stdout.write(`${events} events, ${kills} kills: ${seconds} s, ${repeated} arrived twice\n`);

  const firsts = [...arrived(receiver).values()];
  for (const one of new Set(firsts.map(({ key }) => key))) {
    const order = firsts.filter(({ key }) => key === one).map(({ sequence }) => sequence);
    expect(order).toEqual([...order].sort((earlier, later) => earlier - later));
  }
  await installation.withDatabase(async () => {
    expect(await database().webhookDelivery.count({ where: { state: "delivered" } })).toBe(events);
    expect(await database().webhookDelivery.count()).toBe(events);
  });
  await receiver.close();
  await installation.remove();
});

/** The distinct messages by `webhook-id`, in order of first arrival. */
function arrived({ received }: WebhookReceiver) {
  const firsts = new Map<string, { readonly key: string; readonly sequence: number }>();
  for (const { headers, payload } of received) {
    const id = String(headers["webhook-id"]);
    const { key_id, sequence } = payload.data;
    if (!firsts.has(id)) firsts.set(id, { key: String(key_id), sequence: Number(sequence) });
  }
  return firsts;
}

/** Creates an endpoint, then audit entries about some keys. Nothing is sent yet, since no server is running. */
async function writeEvents(url: string) {
  const organization = await createTestOrganization();
  const { token } = await createTestKey(organization);
  const ids: string[] = [];
  for (let key = 0; key < keys; key++) ids.push((await createTestKey(organization)).id);
  const { id: endpointId } = await createTestWebhook(organization.id, { url });
  const { sequence } = await database().auditHead.findUniqueOrThrow({
    where: { organizationId: organization.id },
  });
  await database().logCursor.create({
    data: { reader: "webhooks", organizationId: organization.id, sequence },
  });
  const context = {
    organization: { id: organization.id as OrganizationId },
    actor: { kind: "system", name: "Test" },
    origin: { at: new Date(), address: null, userAgent: null, requestId: null },
  } as const;
  for (let from = 0; from < events; from += written) {
    const facts = Array.from({ length: Math.min(written, events - from) }, (_, index) => {
      const id = ids[(from + index) % keys] ?? "";
      return { action: "key.updated", target: { type: "key", id, name: "A key" }, details: {} } as const;
    });
    const [first, ...others] = facts;
    if (first === undefined) break;
    await inTransaction((transaction) => recordAuditEntry(transaction, context, first, ...others));
  }
  return { endpointId, token };
}
