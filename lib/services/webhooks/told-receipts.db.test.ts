import { compactVerify, createLocalJWKSet } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import { deleteKey } from "@/lib/services/keys/delete-key";
import { revokeKey } from "@/lib/services/keys/revoke-key";
import { readLog } from "@/lib/services/log-readers/log-reader";
import { startChangeFeed, stopChangeFeed } from "@/lib/verify/changes/change-feed";
import { createWebhook } from "./change-webhooks";
import { webhookReader } from "./webhook-reader";

const api = provideTestApi();
const { signal } = new AbortController();
let organization: TestOrganization;
beforeAll(startChangeFeed);
afterAll(stopChangeFeed);
beforeEach(async () => {
  organization = await createTestOrganization();
  value(await createWebhook(await owner(), { url: "https://hooks.example/", events: ["*"] }));
});

const owner = () => organization.as("OWNER");

/** The delivered messages, in order. */
async function told() {
  while (await readLog(webhookReader, new Date(), signal));
  const rows = await database().webhookDelivery.findMany({
    where: { organizationId: organization.id },
    orderBy: { position: "asc" },
  });
  return rows.map(({ payload }) => JSON.parse(payload));
}

async function verified(receipt: string) {
  const keys = createLocalJWKSet((await api.call("/.well-known/jwks.json")).json);
  const { payload, protectedHeader } = await compactVerify(receipt, keys);
  expect(protectedHeader).toMatchObject({ alg: "ES256", typ: "revocation-receipt+jwt" });
  return JSON.parse(Buffer.from(payload).toString());
}

test("[L1, L8] a message about a revocation carries its receipt, which jose verifies, and names no machine", async () => {
  const { id } = await createTestKey(organization);
  value(await revokeKey(await owner(), { keyId: id }));
  const [message] = await told();
  expect(message.type).toBe("key.revoked");
  const receipt = await verified(message.receipt);
  expect(receipt).toMatchObject({
    ...{ organization: organization.id, key_id: `key_${id}`, reason: "person", recorded: "at_answer" },
    ...{ nodes_total: 1, nodes_acknowledged: 1, nodes: [{ state: "acknowledged" }], clients: [] },
  });
  expect(receipt.nodes[0]).not.toHaveProperty("name");
});

test("[L1, L8] so does a message about the deletion of a working key, and no other", async () => {
  const [working, revoked] = [await createTestKey(organization), await createTestKey(organization)];
  value(await revokeKey(await owner(), { keyId: revoked.id }));
  value(await deleteKey(await owner(), { keyId: revoked.id }));
  value(await deleteKey(await owner(), { keyId: working.id }));
  const messages = await told();
  expect(messages.map(({ type, receipt }) => [type, typeof receipt])).toEqual([
    ["key.revoked", "string"],
    ["key.deleted", "undefined"],
    ["key.deleted", "string"],
  ]);
  expect(await verified(messages[2].receipt)).toMatchObject({ key_id: `key_${working.id}` });
});

test("[L1, L8] a missing receipt is recorded first; an edited one is left out and delays nothing", async () => {
  const [unrecorded, edited, other] = [0, 1, 2].map(() => createTestKey(organization));
  const ids = [(await unrecorded)?.id ?? "", (await edited)?.id ?? "", (await other)?.id ?? ""];
  for (const keyId of ids) value(await revokeKey(await owner(), { keyId }));
  await database().$transaction(async (transaction) => {
    await transaction.$executeRaw`SET LOCAL session_replication_role = replica`;
    await transaction.$executeRaw`
      UPDATE revocation_receipts SET facts = NULL, mac = NULL, pepper_version = NULL WHERE key_id = ${ids[0]}`;
    await transaction.$executeRaw`UPDATE revocation_receipts SET facts = '{' WHERE key_id = ${ids[1]}`;
  });
  const messages = await told();
  expect(messages.map(({ receipt }) => typeof receipt)).toEqual(["string", "object", "string"]);
  expect(await verified(messages[0].receipt)).toMatchObject({ key_id: `key_${ids[0]}` });
});

test("[L8] entries written while a read is prepared wait for the next one", async () => {
  const { id } = await createTestKey(organization);
  value(await revokeKey(await owner(), { keyId: id }));
  const late = await createTestKey(organization);
  let isFirst = true;
  const slow: typeof webhookReader = {
    ...webhookReader,
    prepare: async (...about) => {
      const prepared = await webhookReader.prepare(...about);
      if (isFirst) value(await revokeKey(await owner(), { keyId: late.id }));
      isFirst = false;
      return prepared;
    },
  };
  expect(await readLog(slow, new Date(), signal)).toBe(true);
  expect(await database().webhookDelivery.count({ where: { organizationId: organization.id } })).toBe(1);
  expect((await told()).map(({ receipt }) => typeof receipt)).toEqual(["string", "string"]);
});
