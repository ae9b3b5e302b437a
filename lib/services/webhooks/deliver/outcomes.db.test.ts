import { Webhook } from "standardwebhooks";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { ReceivedWebhook, WebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { signedHeaders, startWebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";
import { createWebhook, rotateWebhookSecret, updateWebhook } from "../change-webhooks";
import { readWebhook } from "../list-webhooks";
import { retryDelivery, testWebhook } from "../send-deliveries";
import { forgetOldSecrets, removeOldDeliveries } from "./remove-old-deliveries";
import { Sender } from "./send-due";

provideTestDatabase();
const { signal } = new AbortController();
const sender = new Sender(() => undefined);
let organization: TestOrganization;
let receiver: WebhookReceiver;
let endpointId: string;
beforeAll(() => setEnv({ ...env(), webhookAllowedAddresses: ["127.0.0.0/8"] }));
beforeEach(async () => {
  organization = await createTestOrganization();
  receiver = await startWebhookReceiver();
  endpointId = value(await createWebhook(await owner(), { url: receiver.url, events: ["*"] })).id;
  return () => receiver.close();
});

const owner = () => organization.as("OWNER");

/** Creates a delivery about the same key, failed or waiting. */
async function delivery(type: string, state: "failed" | "waiting"): Promise<string> {
  const now = new Date();
  const moment = state === "failed" ? { finishedAt: now } : { nextAttemptAt: now };
  const { id } = await database().webhookDelivery.create({
    data: {
      ...{ organizationId: organization.id, endpointId, type, subject: "key_0123456789abcdEF" },
      ...{ subjectName: "Billing", payload: JSON.stringify({ type }), state, ...moment },
    },
    select: { id: true },
  });
  return id;
}

test("[L8] an old delivery that is sent again does not delay newer ones of its key", async () => {
  const old = await delivery("key.created", "failed");
  await delivery("key.revoked", "waiting");
  value(await retryDelivery(await owner(), { endpointId, deliveryId: old }));
  for (let each = 0; each < 2; each++) {
    await sender.sendDue(signal);
    await sender.idle();
  }
  expect(receiver.received.map(({ payload }) => payload.type)).toEqual(["key.revoked", "key.created"]);
});

test("[L8] a failure at the previous URL does not count against the new one", async () => {
  receiver.answerWith(() => undefined);
  value(await testWebhook(await owner(), { endpointId }));
  await sender.sendDue(signal);
  await expect.poll(() => receiver.received.length).toBe(1);
  value(await updateWebhook(await owner(), { endpointId, url: `${receiver.url}/new` }));
  await receiver.close();
  await sender.idle();
  expect(value(await readWebhook(await owner(), { endpointId }))).toMatchObject({ failingSince: null });
  expect(await database().webhookDelivery.findFirst({ where: { endpointId } })).toMatchObject({
    state: "failed",
  });
  receiver = await startWebhookReceiver();
});

test("[L8] the previous secret is deleted a day after a rotation", async () => {
  value(await rotateWebhookSecret(await owner(), { endpointId }));
  const stored = () =>
    database().webhookEndpoint.findUniqueOrThrow({
      where: { id: endpointId },
      select: { previousSecret: true, previousVersion: true, previousUntil: true },
    });
  await forgetOldSecrets();
  expect((await stored()).previousSecret).not.toBe(null);
  await database()
    .$executeRaw`UPDATE webhook_endpoints SET previous_until = now() WHERE id = ${endpointId}::uuid`;
  await forgetOldSecrets();
  expect(await stored()).toEqual({ previousSecret: null, previousVersion: null, previousUntil: null });
});

test("[L8] messages that waited three days behind a failed one fail with it, and the log says so", async () => {
  receiver.answerWith((_, response) => response.writeHead(500).end());
  const first = await delivery("key.created", "waiting");
  const long = await delivery("key.paused", "waiting");
  const short = await delivery("key.resumed", "waiting");
  await database().webhookDelivery.update({ where: { id: first }, data: { attempts: 11 } });
  await database().$executeRaw`
    UPDATE webhook_deliveries SET next_attempt_at = now() - interval '73 hours' WHERE id = ${long}::uuid`;
  await sender.sendDue(signal);
  await sender.idle();
  const outcome = (id: string) =>
    database().webhookDelivery.findUniqueOrThrow({ where: { id }, select: { state: true, error: true } });
  expect(await outcome(first)).toEqual({ state: "failed", error: null });
  expect(await outcome(long)).toEqual({ state: "failed", error: "waited too long" });
  expect(await outcome(short)).toEqual({ state: "waiting", error: null });
});

test("[L8] deliveries are removed in parts, 30 days after their end, and never while waiting", async () => {
  const ended = (days: number, count: number, state = "delivered") => database().$executeRaw`
    INSERT INTO webhook_deliveries (id, organization_id, endpoint_id, type, subject, subject_name, payload, state,
      created_at, next_attempt_at, finished_at)
    SELECT gen_random_uuid(), ${organization.id}::uuid, ${endpointId}::uuid, 'key.updated', 'key_' || n, 'Billing', '{}',
      s, now() - interval '90 days', CASE WHEN s = 'waiting' THEN now() END,
      CASE WHEN s <> 'waiting' THEN now() - ${days}::int * interval '1 day' END
    FROM generate_series(1, ${count}::int) n, (SELECT ${state}::webhook_delivery_state AS s) t`;
  await ended(31, 1001);
  await ended(31, 2, "failed");
  await ended(29, 3);
  await ended(0, 4, "waiting");
  const count = () => database().webhookDelivery.count({ where: { endpointId } });
  expect(await removeOldDeliveries()).toBe(true);
  expect(await count()).toBe(10);
  expect(await removeOldDeliveries()).toBe(false);
  expect(await count()).toBe(7);
  // Two nodes at once remove different rows.
  await ended(31, 50);
  await Promise.all([removeOldDeliveries(), removeOldDeliveries()]);
  expect(await count()).toBe(7);
});

test("[L8] a secret that was sealed under an old pepper signs for as long as the pepper is loaded", async () => {
  const before = env();
  const loadPeppers = (current: number, versions: number[]) => {
    const all = new Map([...before.peppers.byVersion, [2, Buffer.alloc(32, 2)]]);
    const byVersion = new Map([...all].filter(([version]) => versions.includes(version)));
    setEnv({ ...before, peppers: { current, byVersion } });
  };
  const { id, signingSecret: old } = value(
    await createWebhook(await owner(), { url: receiver.url, events: ["*"] }),
  );
  const send = async () => {
    const { deliveryId } = value(await testWebhook(await owner(), { endpointId: id }));
    await sender.sendDue(signal);
    await sender.idle();
    const row = await database().webhookDelivery.findUniqueOrThrow({ where: { id: deliveryId } });
    return { ...row, message: receiver.received.at(-1) ?? raise() };
  };
  const verifies = (secret: string, message: ReceivedWebhook) => {
    try {
      return new Webhook(secret).verify(message.body, signedHeaders(message)) !== null;
    } catch {
      return false;
    }
  };
  try {
    loadPeppers(2, [1, 2]);
    expect(verifies(old, (await send()).message)).toBe(true);
    const { signingSecret } = value(await rotateWebhookSecret(await owner(), { endpointId: id }));
    const { message } = await send();
    expect([verifies(old, message), verifies(signingSecret, message)]).toEqual([true, true]);
    // Without the old pepper only the new secret signs; an endpoint with just the old one gets nothing.
    loadPeppers(2, [2]);
    const { message: later } = await send();
    expect([verifies(old, later), verifies(signingSecret, later)]).toEqual([false, true]);
    loadPeppers(1, [1]);
    const came = receiver.received.length;
    await database().$executeRaw`UPDATE webhook_endpoints SET previous_until = now() WHERE id = ${id}::uuid`;
    expect(await send()).toMatchObject({ state: "failed", error: "no signing secret" });
    expect(receiver.received.length).toBe(came);
  } finally {
    setEnv(before);
  }
});

function raise(): never {
  throw new Error("nothing came");
}

test("[L8] ten tests and ten retries a minute, for all of an organization's endpoints", async () => {
  const failed = await delivery("key.created", "failed");
  const { id: other } = value(await createWebhook(await owner(), { url: receiver.url, events: ["*"] }));
  const at = new Date();
  const tests = await Promise.all(
    Array.from({ length: 12 }, async (_, each) =>
      testWebhook(await organization.as("OWNER", at), { endpointId: each % 2 === 0 ? endpointId : other }),
    ),
  );
  const refused = tests.filter(({ ok }) => !ok);
  expect(refused).toMatchObject(Array(2).fill({ code: "rate_limited", retryAfterSeconds: 60 }));
  expect(
    await database().webhookDelivery.count({
      where: { organizationId: organization.id, type: "webhook.test" },
    }),
  ).toBe(10);
  const retry = async (now: Date) =>
    retryDelivery(await organization.as("OWNER", now), { endpointId, deliveryId: failed });
  for (let each = 0; each < 10; each++) value(await retry(at));
  expect(await retry(at)).toMatchObject({ code: "rate_limited" });
  value(await retry(new Date(at.getTime() + 60_000)));
  // Other organizations send as before.
  organization = await createTestOrganization();
  endpointId = value(await createWebhook(await owner(), { url: receiver.url, events: ["*"] })).id;
  value(await testWebhook(await owner(), { endpointId }));
});

test("[L8] moving an endpoint to another server needs the password, another path does not", async () => {
  const stale = await organization.as("OWNER", new Date(Date.now() - 6 * 60_000));
  const late = { ...stale, origin: { ...stale.origin, at: new Date() } };
  value(await updateWebhook(late, { endpointId, url: `${receiver.url}/elsewhere` }));
  const url = receiver.url.replace("127.0.0.1", "127.0.0.2");
  expect(await updateWebhook(late, { endpointId, url })).toMatchObject({ code: "reauthentication_required" });
  expect(value(await readWebhook(await owner(), { endpointId })).url).toBe(`${receiver.url}/elsewhere`);
  value(await updateWebhook(await owner(), { endpointId, url }));
});
