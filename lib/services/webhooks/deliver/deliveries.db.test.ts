import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { keyInput } from "@/e2e/support/data/key-input";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { isDeliveryDue } from "@/e2e/support/data/test-webhook";
import { provideTestDatabase } from "@/e2e/support/database/test-database";
import type { WebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { signedHeaders, startWebhookReceiver } from "@/e2e/support/processes/webhook-receiver";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";
import { generateKey } from "@/lib/services/keys/generate-key";
import { pauseKey, resumeKey } from "@/lib/services/keys/pause-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { readLog } from "@/lib/services/log-readers/log-reader";
import { createWebhook, rotateWebhookSecret, updateWebhook } from "../change-webhooks";
import { listDeliveries, readDelivery } from "../list-deliveries";
import { readWebhook } from "../list-webhooks";
import { retryDelivery, testWebhook } from "../send-deliveries";
import { webhookReader } from "../webhook-reader";
import { Sender } from "./send-due";

provideTestDatabase();
const { signal } = new AbortController();
const sender = new Sender(() => undefined);
let organization: TestOrganization;
let receiver: WebhookReceiver;
beforeAll(() => setEnv({ ...env(), webhookAllowedAddresses: ["127.0.0.0/8"] }));
beforeEach(async () => {
  organization = await createTestOrganization();
  receiver = await startWebhookReceiver();
  return () => receiver.close();
});
afterAll(() => sender.idle());

const owner = () => organization.as("OWNER");

async function endpoint(url = receiver.url) {
  const created = value(await createWebhook(await owner(), { url, events: ["*"] }));
  return { endpointId: created.id, secret: created.signingSecret };
}

async function aKey(): Promise<string> {
  return value(await generateKey(await owner(), keyInput(organization))).id;
}

/** Reads the audit trail to its end. */
async function read(): Promise<void> {
  while (await readLog(webhookReader, new Date(), signal));
}

/** Sends all due deliveries. */
async function send(): Promise<void> {
  while (await isDeliveryDue()) {
    await sender.sendDue(signal);
    await sender.idle();
  }
}

async function deliver(): Promise<void> {
  await read();
  await send();
}

/** Makes all waiting deliveries due, as if their back-off were over. */
async function letTimePass(): Promise<void> {
  await database()
    .$executeRaw`UPDATE webhook_deliveries SET next_attempt_at = now() - interval '1 s' WHERE state = 'waiting'`;
}

async function deliveries(endpointId: string) {
  return value(await listDeliveries(await owner(), { endpointId, limit: 100, after: undefined })).rows;
}

const types = () => receiver.received.map(({ payload }) => payload.type);

test("[L8] each event of a key is delivered once, signed, and without any token", async () => {
  const { endpointId, secret } = await endpoint();
  const { id, token } = value(await generateKey(await owner(), keyInput(organization, { name: "Billing" })));
  value(await revokeKey(await owner(), { keyId: id }));
  await deliver();
  expect(types()).toEqual(["key.created", "key.revoked"]);
  const [first, second] = receiver.received;
  const [told] = receiver.received.map((each) => new Webhook(secret).verify(each.body, signedHeaders(each)));
  expect(told).toMatchObject({
    type: "key.created",
    data: {
      ...{ organization_id: organization.id, key_id: formatKeyId(id), name: "Billing" },
      actor: { type: "user", id: organization.userIds.OWNER },
    },
    // The signed checkpoint of the audit log, as a JWS.
    checkpoint: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  });
  expect(second?.payload.data).toMatchObject({ reason: "person" });
  const forged = { ...signedHeaders(first as never), "webhook-id": "msg_another" };
  expect(() => new Webhook(secret).verify(first?.body ?? "", forged)).toThrow();
  expect(JSON.stringify(receiver.received)).not.toContain(token);
  expect(JSON.stringify(receiver.received)).not.toContain("@example.com");
  await deliver();
  expect(receiver.received.length).toBe(2);
  const [newest] = await deliveries(endpointId);
  expect(newest).toMatchObject({ type: "key.revoked", state: "delivered", attempts: 1, responseStatus: 204 });
  expect(value(await readWebhook(await owner(), { endpointId }))).toMatchObject({
    ...{ state: "active", waiting: 0, failingSince: null, lastDeliveredAt: expect.any(Date) },
  });
});

test("[L8] an endpoint gets the events it chose, from its creation on", async () => {
  const { id } = value(await generateKey(await owner(), keyInput(organization)));
  await endpoint();
  value(await createWebhook(await owner(), { url: `${receiver.url}/ends`, events: ["key.revoked"] }));
  value(await pauseKey(await owner(), { keyId: id }));
  value(await revokeKey(await owner(), { keyId: id }));
  await deliver();
  const at = (path: string) =>
    receiver.received.filter((each) => each.path === path).map(({ payload }) => payload.type);
  expect(at("/hooks")).toEqual(["key.paused", "key.revoked"]);
  expect(at("/hooks/ends")).toEqual(["key.revoked"]);
});

test("[L8] after a rotation both secrets verify for a day, then only the new one", async () => {
  const { endpointId, secret } = await endpoint();
  const { signingSecret } = value(await rotateWebhookSecret(await owner(), { endpointId }));
  expect(signingSecret).toMatch(/^whsec_[\w+/]{43}=$/);
  await aKey();
  await deliver();
  const verify = (key: string) => {
    const last = receiver.received.at(-1);
    if (last === undefined) throw new Error("nothing came");
    return new Webhook(key).verify(last.body, signedHeaders(last));
  };
  expect(verify(secret)).toEqual(verify(signingSecret));
  await database()
    .$executeRaw`UPDATE webhook_endpoints SET previous_until = now() WHERE id = ${endpointId}::uuid`;
  await aKey();
  await deliver();
  expect(() => verify(secret)).toThrow();
  verify(signingSecret);
});

test("[L8] a key's later events wait for an earlier one, but not those of other keys", async () => {
  await endpoint();
  const [stuck, free] = [await aKey(), await aKey()];
  await read();
  receiver.answerWith(({ payload }, response) =>
    response.writeHead(payload.data.key_id === formatKeyId(stuck) ? 500 : 204).end(),
  );
  for (const keyId of [stuck, free]) {
    value(await pauseKey(await owner(), { keyId }));
    value(await resumeKey(await owner(), { keyId }));
  }
  await deliver();
  const of = (keyId: string) =>
    receiver.received.filter(({ payload }) => payload.data.key_id === formatKeyId(keyId));
  expect(of(stuck).map(({ payload }) => payload.type)).toEqual(["key.created"]);
  expect(of(free).map(({ payload }) => payload.type)).toEqual(["key.created", "key.paused", "key.resumed"]);
  receiver.answerWith((_, response) => response.writeHead(204).end());
  await letTimePass();
  await send();
  expect(of(stuck).map(({ payload }) => payload.type)).toEqual([
    ...["key.created", "key.created", "key.paused", "key.resumed"],
  ]);
  expect(new Set(of(stuck).map(({ headers }) => headers["webhook-id"])).size).toBe(3);
});

test("[L8] is tried twelve times in a day; after three days of failure the endpoint is disabled, with an entry", async () => {
  const { endpointId } = await endpoint();
  await aKey();
  await read();
  receiver.answerWith((_, response) => response.writeHead(503).end("away"));
  for (let attempt = 1; attempt < 12; attempt++) {
    await send();
    await letTimePass();
  }
  const [waiting] = await deliveries(endpointId);
  expect(waiting).toMatchObject({ state: "waiting", attempts: 11, responseStatus: 503 });
  await send();
  expect(await deliveries(endpointId)).toMatchObject([{ state: "failed", attempts: 12 }]);
  expect(value(await readWebhook(await owner(), { endpointId }))).toMatchObject({
    ...{ state: "active", failingSince: expect.any(Date), disabledAfter: expect.any(Date) },
  });
  // Three days later, when another delivery is at its last attempt.
  await aKey();
  await read();
  await database().$executeRaw`UPDATE webhook_endpoints SET failing_since = now() - interval '73 hours'`;
  await database().$executeRaw`UPDATE webhook_deliveries SET attempts = 11 WHERE state = 'waiting'`;
  await aKey();
  await deliver();
  expect(value(await readWebhook(await owner(), { endpointId }))).toMatchObject({
    ...{ state: "disabled_after_failures", waiting: 0 },
  });
  const where = { organizationId: organization.id, action: "webhook.disabled" };
  expect(await database().auditEntry.findMany({ where })).toMatchObject([
    { actorKind: "system", actorName: "Latchkey", targetId: endpointId },
  ]);
  // After it is enabled again it gets new events, and failed deliveries can be sent again.
  await aKey();
  await read();
  value(await updateWebhook(await owner(), { endpointId, active: true }));
  receiver.answerWith((_, response) => response.writeHead(200).end());
  const before = receiver.received.length;
  await aKey();
  await deliver();
  expect(receiver.received.length).toBe(before + 1);
  const deliveryId = (await deliveries(endpointId)).at(-1)?.id ?? "";
  value(await retryDelivery(await owner(), { endpointId, deliveryId }));
  await send();
  expect(receiver.received.at(-1)?.body).toBe(receiver.received[0]?.body);
  expect((await deliveries(endpointId)).at(-1)).toMatchObject({ state: "delivered", attempts: 1 });
});

test("[L8] a test is sent once, and shows the status of a private receiver's answer, not its body", async () => {
  const { endpointId, secret } = await endpoint();
  receiver.answerWith((_, response) => response.writeHead(418).end("a teapot"));
  const { deliveryId } = value(await testWebhook(await owner(), { endpointId }));
  await send();
  const [sent] = receiver.received;
  expect(new Webhook(secret).verify(sent?.body ?? "", signedHeaders(sent as never))).toMatchObject({
    type: "webhook.test",
  });
  expect(value(await readDelivery(await owner(), { endpointId, deliveryId }))).toMatchObject({
    ...{ state: "failed", attempts: 1, responseStatus: 418, responseBody: null },
  });
  value(await updateWebhook(await owner(), { endpointId, active: false }));
  expect(await testWebhook(await owner(), { endpointId })).toMatchObject({ ok: false, code: "conflict" });
});
