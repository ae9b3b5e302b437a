import { beforeAll, expect, test } from "vitest";
import { basicOf, postForm } from "@/e2e/support/api/oauth-client";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";

const api = provideTestApi();
let organization: TestOrganization;
let manager: TestKey;

beforeAll(async () => {
  organization = await createTestOrganization("Pauses");
  manager = await createTestKey(organization);
});

const act = (key: TestKey, name: "pause" | "resume", token = manager.token) =>
  api.call(`/v1/keys/${formatKeyId(key.id)}/${name}`, token, { method: "POST" });
const me = async (token: string) => (await api.call("/v1/me", token)).json.code;
const verify = async (key: TestKey) => {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ key: key.token });
  return (await api.call("/v1/keys/verify", manager.token, { method: "POST", headers, body })).json;
};
const memberKey = (over = {}) => createTestKey(organization, { accessLevel: "MEMBER", ...over });

test("[L14] POST /v1/keys/{id}/pause and /resume answer with the key as it is", async () => {
  const key = await memberKey();
  const paused = await act(key, "pause");
  expect(paused).toMatchObject({ status: 200, json: { status: "paused" } });
  expect(new Date(paused.json.paused_at).getTime()).toBeGreaterThan(Date.now() - 60_000);
  expect(await act(key, "pause")).toMatchObject({ status: 200, json: { paused_at: paused.json.paused_at } });
  expect(await act(key, "resume")).toMatchObject({
    status: 200,
    json: { status: "active", paused_at: null },
  });
});

test("[L14] a program may say which pause it ends; another one stays", async () => {
  const key = await memberKey();
  const path = `/v1/keys/${formatKeyId(key.id)}/resume`;
  const resume = (body: unknown) => api.send("POST", path, manager.token, body);
  const { paused_at: first } = (await act(key, "pause")).json;
  expect((await resume({ paused_at: first })).json).toMatchObject({ status: "active", paused_at: null });
  // The lost request resumed the key, then somebody else paused it: the retry must not end that pause.
  const { paused_at: second } = (await act(key, "pause")).json;
  expect(statusAndCode(await resume({ paused_at: first }))).toEqual([409, "conflict"]);
  expect(await me(key.token)).toBe("key_paused");
  for (const wrong of [{ paused_at: "yesterday" }, { paused_at: null }, { pausedAt: second }, []]) {
    expect(statusAndCode(await resume(wrong))).toEqual([400, "invalid_request"]);
  }
  expect((await resume({ paused_at: second })).json).toMatchObject({ status: "active" });
  expect((await resume({ paused_at: second })).status).toBe(200);
});

test("[L14] a paused key verifies as PAUSED without permissions, and its use is 401 key_paused", async () => {
  const key = await memberKey();
  await act(key, "pause");
  expect(await verify(key)).toMatchObject({
    valid: false,
    code: "PAUSED",
    key_id: formatKeyId(key.id),
    permissions: [],
  });
  expect(await me(key.token)).toBe("key_paused");
  await act(key, "resume");
  expect(await verify(key)).toMatchObject({ valid: true, code: "VALID" });
  expect(await me(key.token)).toBeUndefined();
});

test("[L14, B7] tokens of a paused key are refused, and work again when it is resumed", async () => {
  const key = await memberKey();
  const issued = await postForm(api, "token", { grant_type: "client_credentials" }, basicOf(key));
  const { access_token: accessToken, refresh_token: refreshToken } = issued.json;
  const refresh = { grant_type: "refresh_token", refresh_token: refreshToken };
  const introspect = async (token: string) =>
    (await postForm(api, "introspect", { token }, basicOf(manager))).json.active;
  expect(await introspect(accessToken)).toBe(true);
  await act(key, "pause");
  expect(await me(accessToken)).toBe("key_paused");
  expect(await introspect(accessToken)).toBe(false);
  expect((await postForm(api, "token", refresh, basicOf(key))).json.error).toBe("invalid_client");
  await act(key, "resume");
  expect(await introspect(accessToken)).toBe(true);
  // The refused attempt has not used the refresh token up.
  expect((await postForm(api, "token", refresh, basicOf(key))).json.access_token).toEqual(expect.any(String));
});

test("[L14] a key resumes no key that can do more than itself", async () => {
  const victim = await memberKey();
  await act(victim, "pause");
  const narrow = await createTestKey(organization, { roles: ["key_manager"] });
  const fenced = await createTestKey(organization, { allowedAddresses: ["127.0.0.0/8"] });
  for (const { token } of [narrow, fenced]) {
    expect(await act(victim, "resume", token)).toMatchObject({ status: 403, json: { code: "forbidden" } });
  }
  expect(await verify(victim)).toMatchObject({ code: "PAUSED" });
});

test("[L14] a key can pause itself, and then cannot resume itself", async () => {
  const key = await createTestKey(organization, { accessLevel: "ADMIN" });
  expect(await act(key, "pause", key.token)).toMatchObject({ status: 200, json: { status: "paused" } });
  expect(await act(key, "resume", key.token)).toMatchObject({ status: 401, json: { code: "key_paused" } });
});
