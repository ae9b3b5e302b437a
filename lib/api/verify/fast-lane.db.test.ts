import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { provideTestApi } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { rollKey } from "@/lib/services/keys/roll-key";
import { buildToken, randomKeyId } from "@/lib/token/format";

const api = provideTestApi();
let organization: TestOrganization;
let other: TestOrganization;
/** The service behind the API, which verifies keys. */
let caller: TestKey;

beforeAll(async () => {
  organization = await createTestOrganization("Verify");
  other = await createTestOrganization("Other");
  caller = await createTestKey(organization, { roles: ["key_verifier"], accessLevel: "ADMIN" });
});
afterEach(() => {
  vi.useRealTimers();
});

const ask = (body: unknown, token = caller.token, headers: Record<string, string> = {}) =>
  api.verify(body, token, headers);
const verify = async (key: string, demand: object = {}) => (await ask({ key, ...demand })).json;

const hourMs = 3_600_000;
const moment = new Date("2026-06-01T12:00:00.000Z");
const at = (ms: number) => vi.setSystemTime(moment.getTime() + ms);

describe("[J3] the answer about an invalid key", () => {
  test("MALFORMED says nothing more", async () => {
    const { token } = await createTestKey(organization);
    const last = token.endsWith("0") ? "1" : "0";
    for (const key of ["", "x", token.slice(0, -1), token.slice(0, -1) + last, ` ${token}`, `${token}\n`]) {
      expect(await ask({ key })).toMatchObject({ status: 200, json: { valid: false, code: "MALFORMED" } });
      expect(Object.keys(await verify(key))).toEqual(["valid", "code"]);
    }
    expect(await verify("x".repeat(60_000))).toEqual({ valid: false, code: "MALFORMED" });
  });

  test("UNKNOWN is the same, byte for byte, for no key, a wrong secret, another type and another tenant", async () => {
    const mine = await createTestKey(organization);
    const theirs = await createTestKey(other);
    const theirPublic = await createTestKey(other, { type: "public" });
    const tokens = [
      buildToken("secret", randomKeyId()),
      buildToken("public", randomKeyId()),
      buildToken("secret", mine.id),
      buildToken("public", mine.id),
      buildToken("secret", theirs.id),
      theirs.token,
      theirPublic.token,
    ];
    for (const key of tokens) {
      const answer = await ask({ key, permissions: ["nothing:like-it"] }, caller.token, {
        "X-Request-Id": "same",
      });
      const headers = Object.fromEntries(answer.headers);
      expect(headers).toEqual({ ...headers, "content-length": "32", "x-request-id": "same" });
      expect(answer.text).toBe('{"valid":false,"code":"UNKNOWN"}');
    }
  });

  test("[P5] EXPIRED begins at the expiry exactly", async () => {
    const key = await createTestKey(organization, { expiresAt: moment, accessLevel: "ADMIN" });
    at(-1);
    const limit = { by: "access_level", level: "ADMIN" };
    expect(await verify(key.token)).toMatchObject({ code: "VALID", limited_by: [limit] });
    at(0);
    expect(await verify(key.token)).toMatchObject({
      valid: false,
      code: "EXPIRED",
      key_id: formatKeyId(key.id),
      expires_at: moment.toISOString(),
      permissions: [],
      limited_by: [],
    });
    expect(await verify(buildToken("secret", key.id))).toEqual({ valid: false, code: "UNKNOWN" });
  });

  test("[J8] REVOKED is returned for a revoked and a deleted key, only to the holder of its secret", async () => {
    const revoked = await createTestKey(organization);
    const deleted = await createTestKey(organization);
    await endTestKey(revoked, { revokedAt: new Date() });
    await endTestKey(deleted, { revokedAt: new Date(), deletedAt: new Date() });
    for (const key of [revoked, deleted]) {
      expect(await verify(key.token)).toMatchObject({
        valid: false,
        code: "REVOKED",
        key_id: formatKeyId(key.id),
        permissions: [],
      });
      expect(await verify(buildToken("secret", key.id))).toEqual({ valid: false, code: "UNKNOWN" });
    }
  });

  test("[P6] REVOKED takes precedence over EXPIRED", async () => {
    const key = await createTestKey(organization, { expiresAt: moment });
    await endTestKey(key, { revokedAt: new Date(moment.getTime() - 1) });
    at(hourMs);
    expect(await verify(key.token)).toMatchObject({ code: "REVOKED" });
  });
});

describe("[J7] a rolled key", () => {
  async function roll(key: TestKey, graceSeconds: number): Promise<string> {
    const context = await organization.as("OWNER", new Date());
    const rolled = await rollKey(context, { keyId: key.id, graceSeconds, version: 1 });
    return value(rolled).token;
  }

  test("[L3] verifies with both secrets until the grace ends, and says with which", async () => {
    const key = await createTestKey(organization);
    at(0);
    const token = await roll(key, 12 * 3600);
    expect(await verify(key.token)).toMatchObject({ code: "VALID", secret: "previous" });
    expect(await verify(token)).toMatchObject({ code: "VALID", secret: "current" });
    at(12 * hourMs - 1);
    expect(await verify(key.token)).toMatchObject({ code: "VALID" });
    at(12 * hourMs);
    expect(await verify(key.token)).toMatchObject({
      valid: false,
      code: "ROLLED",
      secret: "previous",
      key_id: formatKeyId(key.id),
      permissions: [],
    });
    expect(await verify(token)).toMatchObject({ code: "VALID", secret: "current" });
  });

  test("that expires in an hour gives the old secret one hour at most", async () => {
    const key = await createTestKey(organization, { expiresAt: new Date(moment.getTime() + hourMs) });
    at(0);
    const token = await roll(key, 12 * 3600);
    at(hourMs - 1);
    expect(await verify(key.token)).toMatchObject({ code: "VALID", secret: "previous" });
    at(hourMs);
    expect(await verify(key.token)).toMatchObject({ code: "EXPIRED" });
    expect(await verify(token)).toMatchObject({ code: "EXPIRED" });
  });

  test("without grace ends the old secret at once", async () => {
    const key = await createTestKey(organization);
    at(0);
    await roll(key, 0);
    expect(await verify(key.token)).toMatchObject({ code: "ROLLED" });
  });
});
