import { beforeEach, describe, expect, test } from "vitest";
import { changedTables, databaseState } from "@/e2e/permission-matrix/database-state";
import { provideTestApi, statusAndCode } from "@/e2e/support/api/test-api";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { pauseKey } from "@/lib/services/keys/pause-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { buildToken, randomKeyId } from "@/lib/token/format";

const api = provideTestApi();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization("Acme");
  await database().throttle.deleteMany();
});

const report = (token: unknown) =>
  api.call("/v1/leaks/report", undefined, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
const entries = (targetId: string) => database().auditEntry.findMany({ where: { targetId } });
const nothing = { revoked: false, paused: false, key_id: null };

describe("a report by anybody", () => {
  test("[L6] revokes a working secret key, once, and says so", async () => {
    const key = await createTestKey(organization, { name: "Billing" });
    const reply = await report(` \u200b${key.token}\n`);
    expect([reply.status, reply.json]).toEqual([
      200,
      { revoked: true, paused: false, key_id: formatKeyId(key.id) },
    ]);
    expect(statusAndCode(await api.call("/v1/me", key.token))).toEqual([401, "key_revoked"]);
    expect(await entries(key.id)).toMatchObject([
      {
        action: "key.revoked",
        actorKind: "system",
        actorName: "A leak report",
        details: { reason: "leaked" },
      },
    ]);
    const again = await report(key.token);
    expect([again.status, again.json]).toEqual([200, nothing]);
    expect(await entries(key.id)).toHaveLength(1);
  });

  test("[L6] ends a key by either secret of its roll, and a paused one", async () => {
    const rolling = await createTestKey(organization);
    const context = await organization.as("OWNER");
    value(await rollKey(context, { keyId: rolling.id, graceSeconds: 3600, version: 1 }));
    expect((await report(rolling.token)).json).toMatchObject({
      revoked: true,
      key_id: formatKeyId(rolling.id),
    });
    const paused = await createTestKey(organization);
    value(await pauseKey(context, { keyId: paused.id }));
    expect((await report(paused.token)).json).toMatchObject({ revoked: true });
  });

  test("[L6] gives the same answer for every other text, and changes nothing", async () => {
    const key = await createTestKey(organization);
    const revoked = await createTestKey(organization);
    await endTestKey(revoked, { revokedAt: new Date() });
    const expired = await createTestKey(organization, { expiresAt: new Date("2026-01-02") });
    const rolled = await createTestKey(organization);
    value(await rollKey(await organization.as("OWNER"), { keyId: rolled.id, graceSeconds: 0, version: 1 }));
    const last = key.token.endsWith("0") ? "1" : "0";
    const before = await databaseState();
    for (const token of [
      ...[revoked.token, rolled.token, buildToken("secret", key.id), buildToken("secret", randomKeyId())],
      ...[key.token.slice(0, -1) + last, "lk_sk_", "no key", "\0", "\ud800", "x".repeat(500)],
    ]) {
      const { status, json } = await report(token);
      expect([status, json], JSON.stringify(token)).toEqual([200, nothing]);
    }
    expect(changedTables(before, await databaseState())).toEqual([
      "audit_entries",
      "audit_heads",
      "throttles",
    ]);
    // A person rolled it, so its report is only noted.
    expect((await entries(rolled.id)).map(({ action }) => action)).toEqual(["key.rolled", "key.reported"]);
    // It may live again under a longer maximum lifetime, so it is ended too.
    expect((await report(expired.token)).json).toEqual(nothing);
    expect((await api.call("/v1/me", key.token)).status).toBe(200);
  });

  test("[L6] notes a public key once a day, and leaves it working", async () => {
    const key = await createTestKey(organization, { type: "public" });
    for (let time = 0; time < 3; time++) expect((await report(key.token)).json).toEqual(nothing);
    expect((await entries(key.id)).map(({ action }) => action)).toEqual(["key.reported"]);
    expect((await api.call("/v1/me", key.token)).status).toBe(200);
  });

  test("[L6] of the same key many times at once ends it once", async () => {
    const key = await createTestKey(organization);
    const replies = await Promise.all(Array.from({ length: 8 }, () => report(key.token)));
    expect(replies.filter(({ json }) => json.revoked)).toHaveLength(1);
    expect(await entries(key.id)).toHaveLength(1);
  });

  test("[L6] is throttled by address, even for a working token", async () => {
    const key = await createTestKey(organization);
    for (let sent = 0; sent < 60; sent++) expect((await report("guess")).status).toBe(200);
    const reply = await report(key.token);
    expect(statusAndCode(reply)).toEqual([429, "rate_limited"]);
    expect(Number(reply.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await api.call("/v1/me", key.token)).status).toBe(200);
  });

  test.each([[""], [" "], ["x".repeat(501)], [1], [null], [undefined], [["a"]]])(
    "[L6] of %j is refused",
    async (token) => {
      expect(statusAndCode(await report(token))).toEqual([400, "invalid_request"]);
    },
  );
});
