import { createHash, randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { parseKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";

const api = provideTestApi();
let acme: TestOrganization;
let mover: TestKey;
beforeAll(async () => {
  acme = await createTestOrganization("Living");
  await database().organization.update({ where: { id: acme.id }, data: { keyCreators: "ADMIN" } });
  mover = await createTestKey(acme, { accessLevel: "ADMIN", roles: ["full_access"] });
});

const verify = async (key: string) => (await api.verify({ key }, mover.token)).json;
const act = (id: string, verb: string, body: object = {}) =>
  api.send("POST", `/v1/keys/${id}/${verb}`, mover.token, body);

async function imported(over: object = {}): Promise<{ readonly token: string; readonly id: string }> {
  const token = `old_${randomUUID()}`;
  const sha256 = createHash("sha256").update(token).digest("hex");
  const key = { sha256, name: "Moved", access_level: "MEMBER", roles: ["read_only"], ...over };
  const { json } = await api.send("POST", "/v1/keys/import", mover.token, { keys: [key] });
  return { token, id: json.data[0].id };
}

describe("an imported key", () => {
  test("[L14] is paused and resumed like any other", async () => {
    const { token, id } = await imported();
    await act(id, "pause");
    expect(await verify(token)).toMatchObject({ valid: false, code: "PAUSED", key_id: id });
    await act(id, "resume");
    expect(await verify(token)).toMatchObject({ valid: true });
  });

  test("is rolled into an ordinary one; its token works until the grace ends, then never again", async () => {
    const { token, id } = await imported({ subject: "cus_1" });
    const { json } = await act(id, "roll", { grace_seconds: 3600 });
    expect(json.token).toMatch(/^lk_sk_/);
    expect(await verify(token)).toMatchObject({ valid: true, secret: "previous", subject: "cus_1" });
    expect(await verify(json.token)).toMatchObject({ valid: true, secret: "current", key_id: id });
    const read = await api.call(`/v1/keys/${id}`, mover.token);
    expect(read.json).toMatchObject({ imported: false, status: "rolling" });
    expect((await api.call("/v1/me", json.token)).json).toMatchObject({ key_id: id });

    await act(id, "end-grace");
    expect(await verify(token)).toMatchObject({ valid: false, code: "ROLLED" });
    expect(await verify(json.token)).toMatchObject({ valid: true });
  });

  test("[P5] stays known after more rolls than versions are kept, so that its token is not imported again", async () => {
    const { token, id } = await imported();
    const where = { keyId: parseKeyId(id) ?? "" };
    for (let roll = 0; roll < 12; roll++) {
      const { version } = (await api.call(`/v1/keys/${id}`, mover.token)).json;
      expect((await act(id, "roll", { grace_seconds: 0, version })).status).toBe(200);
      // A secret that ended within the last seven days is kept, to be recognized in a leak report.
      const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
      await database().apiKeySecret.updateMany({
        where: { ...where, endsAt: { gt: longAgo } },
        data: { endsAt: longAgo },
      });
    }
    expect(await verify(token)).toMatchObject({ valid: false, code: "ROLLED", key_id: id });
    const sha256 = createHash("sha256").update(token).digest("hex");
    const again = { sha256, name: "Again", access_level: "MEMBER", roles: [] };
    expect((await api.send("POST", "/v1/keys/import", mover.token, { keys: [again] })).status).toBe(409);
    expect(await database().apiKeySecret.count({ where })).toBe(11);
  });

  test.each(["revoke", "delete"])("[L1] %s is final, and its token is not imported again", async (end) => {
    const { token, id } = await imported();
    expect(await verify(token)).toMatchObject({ valid: true });
    if (end === "revoke") await act(id, "revoke");
    else await api.send("DELETE", `/v1/keys/${id}`, mover.token);
    expect(await verify(token)).toMatchObject({ valid: false, code: "REVOKED" });
    const sha256 = createHash("sha256").update(token).digest("hex");
    const again = { sha256, name: "Again", access_level: "MEMBER", roles: [] };
    expect((await api.send("POST", "/v1/keys/import", mover.token, { keys: [again] })).status).toBe(409);
    expect(await verify(token)).toMatchObject({ valid: false, code: "REVOKED" });
  });

  test("expires, and is bound to addresses and a rate, like any other", async () => {
    const soon = new Date(Date.now() + 3_000);
    const ending = await imported({ expires_at: soon.toISOString() });
    expect(await verify(ending.token)).toMatchObject({ valid: true });
    await expect.poll(() => verify(ending.token)).toMatchObject({ valid: false, code: "EXPIRED" });
    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime());
    const bound = await imported({ allowed_addresses: ["203.0.113.0/24"] });
    expect(await verify(bound.token)).toMatchObject({ valid: false, code: "FORBIDDEN_IP" });
    const slow = await imported({ rate_limit: { requests: 1, seconds: 60 } });
    expect(await verify(slow.token)).toMatchObject({ valid: true });
    expect(await verify(slow.token)).toMatchObject({ valid: false, code: "RATE_LIMITED" });
  });

  test("[Y3] is found under every pepper that is loaded, and not imported again under a newer one", async () => {
    const old = await imported();
    const before = env();
    const byVersion = new Map([...before.peppers.byVersion, [99, Buffer.alloc(32, 9)] as const]);
    setEnv({ ...before, peppers: { current: 99, byVersion } });
    try {
      expect(await verify(old.token)).toMatchObject({ valid: true, key_id: old.id });
      const sha256 = createHash("sha256").update(old.token).digest("hex");
      const again = { sha256, name: "Again", access_level: "MEMBER", roles: [] };
      expect((await api.send("POST", "/v1/keys/import", mover.token, { keys: [again] })).status).toBe(409);
      const newer = await imported();
      expect(await verify(newer.token)).toMatchObject({ valid: true, key_id: newer.id });
    } finally {
      setEnv(before);
    }
  });

  test("the database refuses changes to it and its token", async () => {
    const { id } = await imported();
    const keyId = parseKeyId(id) ?? "";
    const secret = { keyId_version: { keyId, version: 1 } };
    await expect(database().apiKeySecret.delete({ where: secret })).rejects.toThrow();
    await expect(
      database().apiKeySecret.update({ where: secret, data: { hash: new Uint8Array(32) } }),
    ).rejects.toThrow();
    await expect(
      database().apiKeySecret.update({ where: secret, data: { imported: false } }),
    ).rejects.toThrow();
    await expect(
      database().apiKey.update({ where: { id: keyId }, data: { imported: false } }),
    ).rejects.toThrow();
  });
});
