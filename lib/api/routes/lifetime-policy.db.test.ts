import { beforeEach, expect, test } from "vitest";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";

const dayMs = 86_400_000;
const api = provideTestApi();
let organization: TestOrganization;
/** A key created ten days ago. */
let key: TestKey;
let createdAt: Date;
beforeEach(async () => {
  organization = await createTestOrganization("Lifetimes");
  createdAt = new Date(Date.now() - 10 * dayMs);
  key = await createTestKey(organization, { createdAt });
});

const set = (data: { maximumLifetimeDays?: number | null; requireExpiry?: boolean }) =>
  database().organization.update({ where: { id: organization.id }, data });
const after = (days: number) => new Date(createdAt.getTime() + days * dayMs).toISOString();
const create = (over: object = {}) =>
  api.send("POST", "/v1/keys", key.token, { name: "Made", access_level: "MEMBER", roles: [], ...over });
const patch = (body: object) => api.send("PATCH", `/v1/organizations/${organization.id}`, key.token, body);
const verify = async (token: string) =>
  (await api.send("POST", "/v1/keys/verify", key.token, { key: token })).json;

test("[L15] a verdict, introspection, /v1/me and the key itself show the effective end and what sets it", async () => {
  const expiresAt = new Date(createdAt.getTime() + 40 * dayMs);
  const other = await createTestKey(organization, { createdAt, accessLevel: "ADMIN", expiresAt });
  for (const [maximumLifetimeDays, days, setBy] of [
    [null, 40, "key"],
    [30, 30, "policy"],
    [50, 40, "key"],
  ] as const) {
    await set({ maximumLifetimeDays });
    const shown = { expires_at: after(days), expiry_set_by: setBy };
    expect(await verify(other.token)).toMatchObject({ valid: true, ...shown });
    expect((await api.call("/v1/me", other.token)).json).toMatchObject(shown);
    const { json } = await api.call(`/v1/keys/${formatKeyId(other.id)}`, key.token);
    expect(json).toMatchObject({ ...shown, own_expires_at: after(40) });
    const found = await postForm(api, "introspect", { token: other.token }, basicOf(key));
    expect(found.json.exp).toBe(Math.floor(Date.parse(after(days)) / 1000));
  }
  await set({ maximumLifetimeDays: 9 });
  const outside = await createTestKey(organization);
  await database().organization.update({
    where: { id: organization.id },
    data: { maximumLifetimeDays: 3650 },
  });
  expect(await verify(outside.token)).toMatchObject({ expiry_set_by: "policy" });
});

test("[L15] a key that the policy ended is refused as expired, and lists show it under that status", async () => {
  const old = await createTestKey(organization, { createdAt: new Date(createdAt.getTime() - dayMs) });
  await set({ maximumLifetimeDays: 11 });
  const asked = await api.call("/v1/me", old.token);
  expect(asked).toMatchObject({ status: 401, json: { code: "key_expired" } });
  expect(asked.json.detail).toBe(
    `This key expired at ${after(10)}, when it reached its organization's maximum lifetime.`,
  );
  expect(await verify(old.token)).toMatchObject({ valid: false, code: "EXPIRED", expiry_set_by: "policy" });
  const ids = async (status: string) =>
    (await api.call(`/v1/keys?status=${status}`, key.token)).json.data.map(({ id }: { id: string }) => id);
  expect(await ids("expired")).toEqual([formatKeyId(old.id)]);
  expect(await ids("active")).not.toContain(formatKeyId(old.id));
});

test("[L15] a key without an expiry that a key creates ends with its creator, under any later policy", async () => {
  await set({ maximumLifetimeDays: 30 });
  const made = await create();
  expect(made).toMatchObject({ status: 201, json: { expires_at: after(30), expiry_set_by: "key" } });
  await set({ maximumLifetimeDays: null });
  expect(await verify(made.json.token)).toMatchObject({ valid: true, expires_at: after(30) });
});

test("[L15] one with a later expiry than its creator's end is refused, whatever the policy would cut", async () => {
  await set({ maximumLifetimeDays: 30 });
  const refused = await create({ expires_at: after(31) });
  expect(refused).toMatchObject({ status: 400, json: { errors: [{ field: "expires_at" }] } });
  expect(await create({ expires_at: after(30) })).toMatchObject({ status: 201 });
});

test("[L15] where an expiry is required, a request without one is 400 at expires_at", async () => {
  await set({ requireExpiry: true });
  for (const over of [{}, { expires_at: null }]) {
    expect(await create(over)).toMatchObject({
      status: 400,
      json: {
        code: "invalid_request",
        errors: [{ field: "expires_at", message: "This organization requires an expiry" }],
      },
    });
  }
  expect(await create({ expires_at: after(30) })).toMatchObject({ status: 201 });
});

test("[L15] a program without keys:revoke cannot end keys by a shorter maximum", async () => {
  const scope = "organizations:update organizations:read";
  const asked = await postForm(api, "token", { grant_type: "client_credentials", scope }, basicOf(key));
  const send = (days: number) =>
    api.send("PATCH", `/v1/organizations/${organization.id}`, asked.json.access_token, {
      maximum_lifetime_days: days,
    });
  expect(await send(3650)).toMatchObject({
    status: 403,
    json: { errors: [{ field: "maximum_lifetime_days" }] },
  });
  await set({ maximumLifetimeDays: 30 });
  expect((await send(29)).status).toBe(403);
  expect((await send(30)).status).toBe(200);
});

test("[L15] a program shortens the maximum without a preview, and never extends its own life", async () => {
  const young = await createTestKey(organization, { createdAt: new Date() });
  await createTestKey(organization, { createdAt: new Date(createdAt.getTime() - 30 * dayMs) });
  expect(await patch({ maximum_lifetime_days: 30, require_expiry: true })).toMatchObject({
    status: 200,
    json: { maximum_lifetime_days: 30, require_expiry: true },
  });
  for (const longer of [
    { maximum_lifetime_days: 31 },
    { maximum_lifetime_days: null },
    { require_expiry: false },
  ]) {
    expect(await patch(longer)).toMatchObject({
      status: 403,
      json: { errors: [{ field: Object.keys(longer)[0] }] },
    });
  }
  for (const maximum_lifetime_days of [0, -1, 3651, 1.5, "30", true]) {
    expect(await patch({ maximum_lifetime_days })).toMatchObject({ status: 400 });
  }
  // The caller itself ends too, at once.
  expect(await patch({ maximum_lifetime_days: 9 })).toMatchObject({ status: 200 });
  expect(await patch({ maximum_lifetime_days: 9 })).toMatchObject({ status: 401 });
  const { json } = await api.call(`/v1/organizations/${organization.id}`, young.token);
  expect(json).toMatchObject({ maximum_lifetime_days: 9, require_expiry: true });
});
