import { beforeAll, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";

const api = provideTestApi();
let organization: TestOrganization;
let manager: TestKey;
let owned: TestKey;

/** Metadata that a parser would not reproduce: spelling of numbers, order, escapes and white space. */
const metadata = '{ "b":1.0, "2":12345678901234567890, "1":-0, "é\\u00e9":"<\\/b>", "a":[1e400,{}] }';
const subject = "cus_8213 Zoë";

beforeAll(async () => {
  organization = await createTestOrganization("Owners");
  manager = await createTestKey(organization);
  owned = await createTestKey(organization, { accessLevel: "MEMBER" });
  await database().apiKey.update({ where: { id: owned.id }, data: { subject, metadata } });
});

const written = `"subject":${JSON.stringify(subject)},"metadata":${metadata}`;

test("[L13] a key is read and listed with its metadata exactly as written", async () => {
  const read = await api.call(`/v1/keys/${formatKeyId(owned.id)}`, manager.token);
  expect(read.text).toContain(written);
  expect((await api.call("/v1/keys", manager.token)).text).toContain(written);
});

test("[L13] a repeated request gets the metadata exactly as in the first response", async () => {
  const path = `/v1/keys/${formatKeyId(owned.id)}`;
  const headers = { "Idempotency-Key": "once" };
  const change = () => api.send("PATCH", path, manager.token, { description: "Twice" }, headers);
  const first = await change();
  const second = await change();
  expect(first.text).toContain(written);
  expect(second.text).toBe(first.text);
  expect(second.headers.get("idempotent-replayed")).toBe("true");
});

test("[L13] stored metadata that is not a JSON object is an error and is never returned", async () => {
  for (const text of ['{"a":1}, "status": "active"', "[1]", "null", ""]) {
    const key = await createTestKey(organization, { accessLevel: "MEMBER" });
    await database().apiKey.update({ where: { id: key.id }, data: { metadata: text } });
    const reply = await api.call(`/v1/keys/${formatKeyId(key.id)}`, manager.token);
    expect([reply.status, reply.json.code]).toEqual([500, "internal"]);
    await database().apiKey.update({ where: { id: key.id }, data: { metadata: null } });
  }
});
