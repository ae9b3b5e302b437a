import { beforeAll, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import { startWebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";
import { generateKey } from "@/lib/services/keys/generate-key";
import { pauseKey, resumeKey } from "@/lib/services/keys/pause-key";
import { readLog } from "@/lib/services/log-readers/log-reader";
import { createWebhook } from "../change-webhooks";
import { webhookReader } from "../webhook-reader";
import { Sender } from "./send-due";

provideTestDatabase();
const { signal } = new AbortController();
beforeAll(() => setEnv({ ...env(), webhookAllowedAddresses: ["127.0.0.0/8"] }));

test("[L8] two nodes that read and send at once deliver every event once, in order per key", async () => {
  const organization = await createTestOrganization();
  const owner = await organization.as("OWNER");
  const receiver = await startWebhookReceiver();
  value(await createWebhook(owner, { url: receiver.url, events: ["*"] }));
  const keys: string[] = [];
  for (let each = 0; each < 8; each++) keys.push(value(await generateKey(owner, keyInput(organization))).id);
  let isChanging = true;
  const left = async () =>
    isChanging ||
    (await readLog(webhookReader, new Date(), signal)) ||
    (await database().webhookDelivery.count({ where: { state: "waiting" } })) > 0;
  const node = async () => {
    const sender = new Sender(() => undefined);
    while (await left()) {
      await readLog(webhookReader, new Date(), signal);
      await sender.sendDue(signal);
    }
    await sender.idle();
  };
  const change = async () => {
    for (let round = 0; round < 5; round++) {
      for (const keyId of keys) {
        value(await pauseKey(owner, { keyId }));
        value(await resumeKey(owner, { keyId }));
      }
    }
    isChanging = false;
  };
  await Promise.all([node(), node(), change()]);
  await receiver.close();
  const told = receiver.received.map(({ payload, headers }) => ({ ...payload, id: headers["webhook-id"] }));
  expect(told.length).toBe(88);
  expect(new Set(told.map(({ id }) => id)).size).toBe(88);
  for (const keyId of keys) {
    const ofKey = told.filter(({ data }) => data.key_id === formatKeyId(keyId));
    expect(ofKey.length).toBe(11);
    const order = ofKey.map(({ data }) => Number(data.sequence));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(ofKey[0]?.type).toBe("key.created");
  }
});
