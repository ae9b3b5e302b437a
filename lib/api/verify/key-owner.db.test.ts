import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey, pauseTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { writtenMetadata } from "@/e2e/support/data/written-metadata";
import { metadataFault } from "@/lib/core/keys/key-metadata";
import { database } from "@/lib/db/client";
import { updateKey } from "@/lib/services/keys/update-key";
import { buildToken } from "@/lib/token/format";

const api = provideTestApi();
let organization: TestOrganization;
/** The service behind the API, which verifies keys. */
let caller: TestKey;

/** Metadata that a parser would not reproduce: spelling of numbers, order, escapes and white space. */
const metadata = '{ "b":1.0, "2":12345678901234567890, "1":-0, "é\\u00e9":"<\\/b>", "a":[1e400,{}] }';
const subject = "cus_8213 Zoë";
const owner = { subject, metadata };
const written = `"subject":${JSON.stringify(subject)},"metadata":${metadata}`;

beforeAll(async () => {
  organization = await createTestOrganization("Owners");
  caller = await createTestKey(organization, { roles: ["key_verifier"], accessLevel: "ADMIN" });
});

const verify = (key: string, more = {}) => api.verify({ key, ...more }, caller.token);

test("[L13] every answer has the subject, and the metadata exactly as written", async () => {
  const { token } = await createTestKey(organization, owner);
  expect((await verify(token)).text).toContain(written);
  const batch = { keys: [{ key: token }, { key: "lk_sk_x" }, { key: token }] };
  const { text } = await api.send("POST", "/v1/keys/verify-batch", caller.token, batch);
  expect(text.split(written)).toHaveLength(3);
  expect((await api.call("/v1/me", token)).text).toContain(written);
  expect((await postForm(api, "introspect", { token }, basicOf(caller))).text).toContain(written);
});

test("[L13] introspection has the key's current subject, however old the access token is", async () => {
  const key = await createTestKey(organization, owner);
  const issued = await postForm(api, "token", { grant_type: "client_credentials" }, basicOf(key));
  const introspect = async () =>
    (await postForm(api, "introspect", { token: issued.json.access_token }, basicOf(caller))).text;
  expect(await introspect()).toContain(written);
  const me = async () => (await api.call("/v1/me", issued.json.access_token)).text;
  expect(await me()).toContain(written);
  const change = { keyId: key.id, subject: "cus_2", metadata: "{}" };
  value(await updateKey(await organization.as("OWNER"), change));
  for (const text of [await introspect(), await me()]) {
    expect(text).toContain('"subject":"cus_2","metadata":{}');
  }
});

test("[L13] a key without subject and metadata answers null", async () => {
  const { token } = await createTestKey(organization);
  expect((await verify(token)).json).toMatchObject({ subject: null, metadata: null });
});

test("[L13] metadata is returned exactly as written, in any notation", async () => {
  const { id, token } = await createTestKey(organization);
  await fc.assert(
    fc.asyncProperty(writtenMetadata, async (text) => {
      fc.pre(metadataFault(text) === null);
      const change = { keyId: id, metadata: text };
      value(await updateKey(await organization.as("OWNER"), change));
      expect((await verify(token)).text).toContain(`"metadata":${text},`);
    }),
    { numRuns: 60 },
  );
});

test("[L13] a refused verdict on a known key has them too, and one on an unknown key does not", async () => {
  const make = (over = {}) => createTestKey(organization, { ...owner, ...over });
  const past = new Date(Date.now() - 1000);
  const [revoked, deleted, paused, good] = await Promise.all([make(), make(), make(), make()]);
  const expired = await make({ expiresAt: past });
  const fenced = await make({ allowedAddresses: ["192.0.2.0/24"] });
  await endTestKey(revoked, { revokedAt: past });
  await endTestKey(deleted, { revokedAt: past, deletedAt: past });
  await pauseTestKey(paused.id);
  const elsewhere = { namespace: { type: "workspace", id: organization.id } };
  for (const [key, code, demand] of [
    [revoked, "REVOKED", {}],
    [deleted, "REVOKED", {}],
    [paused, "PAUSED", {}],
    [expired, "EXPIRED", {}],
    [fenced, "FORBIDDEN_IP", {}],
    [good, "INSUFFICIENT_PERMISSIONS", { permissions: ["no:such"] }],
    [good, "WRONG_NAMESPACE", elsewhere],
  ] as const) {
    const { json, text } = await verify(key.token, demand);
    expect(json.code).toBe(code);
    expect(text).toContain(written);
  }
  const stranger = await createTestOrganization("Stranger");
  const foreign = await createTestKey(stranger, owner);
  // The right id with a wrong secret.
  const guessed = buildToken("secret", good.id);
  for (const [token, code] of [
    [foreign.token, "UNKNOWN"],
    [guessed, "UNKNOWN"],
    [`${good.token.slice(0, -6)}000000`, "MALFORMED"],
  ]) {
    expect((await verify(token ?? "")).json).toEqual({ valid: false, code });
  }
});

test("[L13] a change is seen by the next verification", async () => {
  const { id, token } = await createTestKey(organization, owner);
  const context = await organization.as("OWNER");
  await verify(token);
  for (let index = 0; index < 20; index++) {
    const change = index % 2 === 0 ? { subject: `cus_${index}` } : { metadata: `{"n":${index}.0}` };
    value(await updateKey(context, { keyId: id, ...change }));
    const { text } = await verify(token);
    expect(text).toContain(change.metadata ?? `"${change.subject}"`);
  }
});

test("[L13] stored metadata that is not a JSON object gives no verdict", async () => {
  const key = await createTestKey(organization);
  for (const text of ['{"a":1},"valid":true', "[1]", "null"]) {
    await database().apiKey.update({ where: { id: key.id }, data: { metadata: text } });
    const reply = await verify(key.token);
    expect([reply.status, reply.json.valid]).toEqual([500, undefined]);
  }
});
