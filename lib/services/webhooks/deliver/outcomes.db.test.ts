import { beforeAll, beforeEach, expect, test } from "vitest";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { WebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { startWebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";
import { createWebhook, rotateWebhookSecret, updateWebhook } from "../change-webhooks";
import { readWebhook } from "../list-webhooks";
import { retryDelivery, testWebhook } from "../send-deliveries";
import { forgetOldSecrets } from "./remove-old-deliveries";
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

/** A delivery about one key, given up or waiting. */
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

test("[L8] an old delivery that is sent again holds up no newer one of its key", async () => {
  const old = await delivery("key.created", "failed");
  await delivery("key.revoked", "waiting");
  value(await retryDelivery(await owner(), { endpointId, deliveryId: old }));
  for (let each = 0; each < 2; each++) {
    await sender.sendDue(signal);
    await sender.idle();
  }
  expect(receiver.received.map(({ payload }) => payload.type)).toEqual(["key.revoked", "key.created"]);
});

test("[L8] a failure at the address before says nothing of the new one", async () => {
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

test("[L8] the secret before a rotation is forgotten when its day is over", async () => {
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
