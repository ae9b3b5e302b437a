import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { accessLevels } from "@/lib/core/access/access-level";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";

const api = provideTestApi();
let organization: TestOrganization;
let owner: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Keys");
  owner = await createTestKey(organization, { name: "The owner's" });
});

const send = (method: string, path: string, body?: unknown, { token } = owner) =>
  api.send(method, path, token, body);
const pathOf = ({ id }: TestKey) => `/v1/keys/${formatKeyId(id)}`;
const valid = async (token: string) => (await api.call("/v1/me", token)).status === 200;

describe("managing keys with a key", () => {
  test("[B3] keys below its level; at its own level it only revokes and reads", async () => {
    const admin = await createTestKey(organization, { accessLevel: "ADMIN" });
    await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "ADMIN" } });
    const able: Record<string, string[]> = {};
    for (const level of accessLevels) {
      able[level] = [];
      for (const [method, suffix, body] of [
        ["GET", "", undefined],
        ["PATCH", "", { name: "Renamed" }],
        ["POST", "/roll", {}],
        ["POST", "/revoke", undefined],
        ["DELETE", "", undefined],
      ] as const) {
        const target = await createTestKey(organization, { accessLevel: level });
        const { status } = await send(method, `${pathOf(target)}${suffix}`, body, admin);
        if (status < 300) able[level]?.push(`${method}${suffix}`);
        else expect(status).toBe(403);
      }
    }
    expect(able).toEqual({
      MEMBER: ["GET", "PATCH", "POST/roll", "POST/revoke", "DELETE"],
      ADMIN: ["GET", "POST/revoke"],
      OWNER: ["GET"],
    });
  });

  test("[P5] [S5] PATCH changes name, description and roles, and never the expiry", async () => {
    const target = await createTestKey(organization, { accessLevel: "MEMBER", roles: ["read_only"] });
    const path = pathOf(target);
    expect(statusAndCode(await send("PATCH", path, { expires_at: null }))).toEqual([400, "invalid_request"]);
    expect((await send("PATCH", path, { roles: ["token_issuer"] })).json).toMatchObject({
      name: "A key",
      roles: ["token_issuer"],
    });
    expect((await api.call("/v1/me", target.token)).json.permissions).toEqual(["tokens:issue"]);
    expect(statusAndCode(await send("PATCH", path, { roles: ["nobody"] }))).toEqual([400, "invalid_request"]);
    expect((await send("PATCH", path, { name: "New", roles: [] })).json).toMatchObject({
      name: "New",
      roles: [],
    });
    const entries = await database().auditEntry.count({
      where: { targetId: target.id, action: "key.updated" },
    });
    await send("PATCH", path, {});
    expect(entries).toBe(2);
    expect(await database().auditEntry.count({ where: { targetId: target.id } })).toBe(2);
  });

  test("[J7] a key rolls itself, whatever its permissions; a public key cannot", async () => {
    const poor = await createTestKey(organization, { accessLevel: "MEMBER", roles: [] });
    const { status, json } = await send("POST", `${pathOf(poor)}/roll`, undefined, poor);
    expect(status).toBe(200);
    expect(new Date(json.previous_secret_ends_at).getTime() - Date.now()).toBeGreaterThan(11.9 * 3_600_000);
    expect([await valid(json.token), await valid(poor.token)]).toEqual([true, true]);
    const now = await send(
      "POST",
      `${pathOf(poor)}/roll`,
      { version: json.version, grace_seconds: 0, supersede: true },
      { ...poor, token: json.token },
    );
    expect(now.json).toMatchObject({ previous_secret_ends_at: null, superseded: true });
    expect(statusAndCode(await api.call("/v1/me", json.token))).toEqual([401, "key_rolled"]);
    const open = await createTestKey(organization, { type: "public" });
    expect(statusAndCode(await send("POST", `${pathOf(open)}/roll`, {}, open))).toEqual([403, "forbidden"]);
  });

  test("[B6] an access token, which expires in minutes, cannot roll its own key", async () => {
    const basic = Buffer.from(`${formatKeyId(owner.id)}:${owner.token}`).toString("base64");
    const granted = await api.call("/v1/oauth/token", undefined, {
      method: "POST",
      headers: { Authorization: `Basic ${basic}`, "Content-Type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials",
    });
    expect(granted.status).toBe(200);
    const token = granted.json.access_token;
    expect((await api.call(pathOf(owner), token)).status).toBe(200);
    const roll = await send("POST", `${pathOf(owner)}/roll`, {}, { ...owner, token });
    expect(statusAndCode(roll)).toEqual([403, "forbidden"]);
  });

  test("one of fifty simultaneous rolls is carried out, and both secrets work", async () => {
    const target = await createTestKey(organization, { accessLevel: "MEMBER" });
    const replies = await Promise.all(
      Array.from({ length: 50 }, () => send("POST", `${pathOf(target)}/roll`, { grace_seconds: 60 })),
    );
    const rolled = replies.filter(({ status }) => status === 200);
    expect(rolled).toHaveLength(1);
    for (const reply of replies.filter(({ status }) => status !== 200)) {
      expect(statusAndCode(reply)).toEqual([409, "conflict"]);
    }
    expect([await valid(rolled[0]?.json.token), await valid(target.token)]).toEqual([true, true]);
  });

  test("a roll sent again after a lost answer says how to go on, and the secret in use keeps its end", async () => {
    const target = await createTestKey(organization, { accessLevel: "MEMBER" });
    const path = `${pathOf(target)}/roll`;
    const again = (body: object, key: string) =>
      api.call(path, owner.token, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": key },
        body: JSON.stringify(body),
      });
    const id = randomUUID();
    const lost = await again({ version: 1 }, id);
    const repeated = await again({ version: 1 }, id);
    expect(repeated.status).toBe(200);
    expect(repeated.json).toMatchObject({ version: 2, note: expect.stringMatching(/replace_unused: true/) });
    expect(repeated.json).not.toHaveProperty("token");
    expect(statusAndCode(await send("POST", path, { version: 1 }))).toEqual([409, "conflict"]);
    expect(statusAndCode(await send("POST", path, { version: 2 }))).toEqual([409, "roll_in_progress"]);
    const both = { version: 2, supersede: true, replace_unused: true };
    expect(statusAndCode(await send("POST", path, both))).toEqual([400, "invalid_request"]);
    const withGrace = { version: 2, replace_unused: true, grace_seconds: 0 };
    expect(statusAndCode(await send("POST", path, withGrace))).toEqual([400, "invalid_request"]);
    const made = await send("POST", path, { version: 2, replace_unused: true });
    expect(made.json).toMatchObject({
      version: 3,
      previous_secret_ends_at: lost.json.previous_secret_ends_at,
      superseded: false,
    });
    const working = await Promise.all([made.json.token, target.token, lost.json.token].map(valid));
    expect(working).toEqual([true, true, false]);
    const ended = await send("POST", `${pathOf(target)}/end-grace`, { version: 3 });
    expect(ended.json).toMatchObject({ status: "active", version: 4, previous_secret_ends_at: null });
    expect(await valid(target.token)).toBe(false);
  });

  test("PATCH sends the version it is based on; PATCH and DELETE may be retried", async () => {
    const target = await createTestKey(organization, { accessLevel: "MEMBER" });
    const path = pathOf(target);
    const idempotencyKey = randomUUID();
    const once = (method: string, body?: object) =>
      api.call(path, owner.token, {
        method,
        headers: { "Content-Type": "application/json", "Idempotency-Key": `${method}${idempotencyKey}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    expect((await once("PATCH", { version: 1, name: "Mine" })).json.version).toBe(2);
    expect((await send("PATCH", path, { version: 2, name: "Theirs" })).json.version).toBe(3);
    expect((await once("PATCH", { version: 1, name: "Mine" })).json).toMatchObject({ version: 2 });
    expect(statusAndCode(await send("PATCH", path, { version: 1, name: "Mine" }))).toEqual([409, "conflict"]);
    expect((await api.call(path, owner.token)).json).toMatchObject({ name: "Theirs", version: 3 });
    for (const _ of [1, 2]) expect((await once("DELETE")).status).toBe(204);
    expect(statusAndCode(await send("DELETE", path))).toEqual([404, "not_found"]);
  });

  test("[P6] [J8] revoking is final and repeatable; a deleted key is gone; two keys end each other", async () => {
    const target = await createTestKey(organization, { accessLevel: "MEMBER" });
    for (const _ of [1, 2]) {
      expect((await send("POST", `${pathOf(target)}/revoke`)).json).toMatchObject({
        status: "revoked",
        revocation_reason: "person",
      });
    }
    expect(statusAndCode(await api.call("/v1/me", target.token))).toEqual([401, "key_revoked"]);
    expect(statusAndCode(await send("POST", `${pathOf(target)}/roll`, {}))).toEqual([409, "conflict"]);
    expect((await send("DELETE", pathOf(target))).status).toBe(204);
    expect(statusAndCode(await api.call(pathOf(target), owner.token))).toEqual([404, "not_found"]);
    expect(await database().auditEntry.count({ where: { targetId: target.id } })).toBe(2);

    const other = await createTestKey(organization);
    const ends = await Promise.all([
      send("POST", `${pathOf(other)}/revoke`, undefined, owner),
      send("POST", `${pathOf(owner)}/revoke`, undefined, other),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test("[S2] [S3] lists by status and search, page by page", async () => {
    for (let index = 0; index < 5; index++) await createTestKey(organization, { name: `Zebra ${index}` });
    const gone = await createTestKey(organization, { name: "Zebra gone", accessLevel: "MEMBER" });
    await send("POST", `${pathOf(gone)}/revoke`);
    const past = new Date(Date.now() - 1000);
    await createTestKey(organization, { name: "Zebra over", createdAt: new Date(0), expiresAt: past });
    const names = async (query: string) =>
      (await api.call(`/v1/keys?${query}`, owner.token)).json.data.map(({ name }: { name: string }) => name);
    expect(await names("search=zebra&status=revoked")).toEqual(["Zebra gone"]);
    expect(await names("search=zebra&status=expired")).toEqual(["Zebra over"]);
    expect((await names("search=zebra&status=active")).sort()).toEqual(
      [0, 1, 2, 3, 4].map((n) => `Zebra ${n}`),
    );
    expect(await names("search=zebra")).toHaveLength(7);
    expect(await names(`search=${formatKeyId(gone.id)}`)).toEqual(["Zebra gone"]);
    const seen: string[] = [];
    let cursor = "";
    do {
      const { json } = await api.call(`/v1/keys?search=zebra&limit=2${cursor}`, owner.token);
      seen.push(...json.data.map(({ id }: { id: string }) => id));
      cursor = json.next_cursor === null ? "" : `&cursor=${json.next_cursor}`;
    } while (cursor !== "");
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });
});

describe("POST /v1/keys/verify-batch", () => {
  test("returns for each of a hundred keys the single verification's verdict, in order", async () => {
    const other = await createTestOrganization("Other");
    const tokens = [
      owner.token,
      (await createTestKey(other)).token,
      "lk_sk_short",
      (await createTestKey(organization, { expiresAt: new Date("2026-01-02") })).token,
    ];
    const asked = Array.from({ length: 100 }, (_, index) => ({ key: tokens[index % tokens.length] ?? "" }));
    const { status, json } = await send("POST", "/v1/keys/verify-batch", { keys: asked });
    expect(status).toBe(200);
    const single = await Promise.all(tokens.map((key) => api.verify({ key }, owner.token)));
    expect(json.data).toEqual(asked.map((_, index) => single[index % tokens.length]?.json));
    for (const keys of [[], [...asked, { key: "one more" }]]) {
      expect(statusAndCode(await send("POST", "/v1/keys/verify-batch", { keys }))).toEqual([
        400,
        "invalid_request",
      ]);
    }
  });
});
