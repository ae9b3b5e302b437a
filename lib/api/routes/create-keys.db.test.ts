import { beforeEach, describe, expect, test } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
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
const wanted = (over: object = {}) => ({
  name: "Made",
  access_level: "MEMBER",
  roles: ["read_only"],
  ...over,
});
const valid = async (token: string) => (await api.call("/v1/me", token)).status === 200;

describe("creating a key with a key", () => {
  test("[B3] strictly below the caller's level, so none is OWNER, and a refusal changes nothing", async () => {
    const made: Record<string, string[]> = { OWNER: [], ADMIN: [], MEMBER: [] };
    await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "MEMBER" } });
    for (const level of accessLevels) {
      const caller = await createTestKey(organization, { accessLevel: level });
      for (const given of accessLevels) {
        const before = await databaseState();
        const reply = await send("POST", "/v1/keys", wanted({ access_level: given }), caller);
        if (reply.status === 201) made[level]?.push(given);
        else {
          expect(statusAndCode(reply)).toEqual([403, "forbidden"]);
          expect(await databaseState()).toEqual(before);
        }
      }
    }
    expect(made).toEqual({ OWNER: ["MEMBER", "ADMIN"], ADMIN: ["MEMBER"], MEMBER: [] });
  });

  test("[P2] [P4] gives the token once; the key has the same creator and namespace, and names the key that created it", async () => {
    const { status, json } = await send("POST", "/v1/keys", wanted({ description: "For billing" }));
    expect(status).toBe(201);
    const { token, ...key } = json;
    expect(key).toMatchObject({
      name: "Made",
      description: "For billing",
      type: "secret",
      access_level: "MEMBER",
      namespace: { type: "organization", id: organization.id },
      roles: ["read_only"],
      status: "active",
      created_by: { id: organization.userIds.OWNER },
      created_by_key_id: formatKeyId(owner.id),
      expires_at: null,
      public_token: null,
    });
    expect(await valid(token)).toBe(true);
    expect(await valid(owner.token)).toBe(true);
    const again = await api.call(`/v1/keys/${key.id}`, owner.token);
    expect(again.json).toEqual(key);
    expect(again.text).not.toContain(token);
    const entry = await database().auditEntry.findFirst({ where: { targetId: key.id.slice(4) } });
    expect(entry).toMatchObject({ action: "key.generated", actorKind: "key", actorKeyId: owner.id });
    expect(JSON.stringify(entry)).not.toContain(token);
  });

  test("[P5] never outlives a calling key that expires", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000);
    const caller = await createTestKey(organization, { expiresAt });
    const create = (expires_at: string | null | undefined) =>
      send("POST", "/v1/keys", wanted({ expires_at }), caller);
    const before = await databaseState();
    for (const late of [undefined, null, new Date(expiresAt.getTime() + 1).toISOString()]) {
      const reply = await create(late);
      expect(statusAndCode(reply)).toEqual([400, "invalid_request"]);
      expect(reply.json.errors).toMatchObject([{ field: "expires_at" }]);
    }
    expect(statusAndCode(await create(new Date(Date.now() - 1).toISOString()))).toEqual([
      400,
      "invalid_request",
    ]);
    expect(await databaseState()).toEqual(before);
    for (const wrong of ["", "2026-02-30T00:00:00Z", "9999-12-31T23:59:59Z"]) {
      expect((await create(wrong)).json.errors, wrong).toEqual([
        { field: "expires_at", message: expect.any(String) },
      ]);
    }
    const small = expiresAt.toISOString().toLowerCase();
    expect((await create(small)).json.expires_at).toBe(expiresAt.toISOString());
    expect((await create(expiresAt.toISOString())).json.expires_at).toBe(expiresAt.toISOString());
  });

  test("[S5] with existing roles, and a public key as a MEMBER with a readable token", async () => {
    const unknown = await send("POST", "/v1/keys", wanted({ roles: ["read_only", "nobody"] }));
    expect(statusAndCode(unknown)).toEqual([400, "invalid_request"]);
    expect(unknown.json.errors).toMatchObject([{ field: "roles" }]);
    expect(
      statusAndCode(await send("POST", "/v1/keys", wanted({ type: "public", access_level: "ADMIN" }))),
    ).toEqual([400, "invalid_request"]);
    const { json } = await send("POST", "/v1/keys", wanted({ type: "public" }));
    expect(json.token).toBe(json.public_token);
  });

  test("[Y2] works only while its creator may create keys, and only with the permission", async () => {
    const byAdmin = await createTestKey(organization, { creator: "ADMIN", accessLevel: "ADMIN" });
    expect(statusAndCode(await send("POST", "/v1/keys", wanted(), byAdmin))).toEqual([403, "forbidden"]);
    await database().organization.update({ where: { id: organization.id }, data: { keyCreators: "ADMIN" } });
    expect((await send("POST", "/v1/keys", wanted(), byAdmin)).status).toBe(201);
    const reader = await createTestKey(organization, { roles: ["read_only"] });
    expect(statusAndCode(await send("POST", "/v1/keys", wanted(), reader))).toEqual([403, "forbidden"]);
  });
});
