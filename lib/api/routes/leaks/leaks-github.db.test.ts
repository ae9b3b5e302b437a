import pg from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { changedTables, databaseState } from "@/e2e/permission-matrix/database-state";
import { alert, leakUrl, provideGithubReports } from "@/e2e/support/api/github-reports";
import { statusAndCode } from "@/e2e/support/api/test-api";
import { tellAll } from "@/e2e/support/data/tell";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey, endTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import type { MailServer } from "@/e2e/support/processes/mail-server";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { verifyAuditChains } from "@/lib/services/audit/verify-audit-chains";
import { rollKey } from "@/lib/services/keys/roll-key";
import { mailNotices } from "@/lib/services/notices/mail/mail-notices";
import { buildToken, randomKeyId } from "@/lib/token/format";

const { api, report, labels } = provideGithubReports();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization("Acme");
});

const storedKey = ({ id }: TestKey) => database().apiKey.findUniqueOrThrow({ where: { id } });
const entries = (targetId: string) => database().auditEntry.findMany({ where: { targetId } });

describe("a report of GitHub's secret scanning", () => {
  test("[L6] revokes a leaked secret key at once, with everything granted with it, and says so", async () => {
    const key = await createTestKey(organization, { name: "Billing" });
    const other = await createTestKey(organization);
    const { accessToken } = await tokenClient(key).issue(new Date());
    const reply = await report(alert(key.token));
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual([
      { token_raw: key.token, token_type: "latchkey_secret_key", label: "true_positive" },
    ]);
    expect(statusAndCode(await api.call("/v1/me", key.token))).toEqual([401, "key_revoked"]);
    expect(statusAndCode(await api.call("/v1/me", accessToken))).toEqual([401, "key_revoked"]);
    expect((await api.call("/v1/me", other.token)).status).toBe(200);
    expect(await storedKey(key)).toMatchObject({ revocationReason: "leaked", revokedById: null });
    expect(await entries(key.id)).toMatchObject([
      {
        organizationId: organization.id,
        action: "key.revoked",
        actorKind: "system",
        actorName: "GitHub secret scanning",
        targetName: "Billing",
        details: { reason: "leaked", urls: [leakUrl], sources: ["content"] },
      },
    ]);
  });

  test("[L6] is answered for each token in order, whatever else it contains", async () => {
    const { token } = await createTestKey(organization);
    const publicKey = await createTestKey(organization, { type: "public" });
    const expired = await createTestKey(organization, { expiresAt: new Date("2026-01-02") });
    const revoked = await createTestKey(organization);
    await endTestKey(revoked, { revokedAt: new Date() });
    const lookalike = buildToken("secret", revoked.id);
    const wrongChecksum = `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`;
    const given: [string, string][] = [
      [publicKey.token, "false_positive"],
      [expired.token, "true_positive"],
      [revoked.token, "true_positive"],
      [lookalike, "false_positive"],
      [buildToken("secret", randomKeyId()), "false_positive"],
      [wrongChecksum, "false_positive"],
      ["NMIfyYncKcRALEXAMPLE", "false_positive"],
      ["", "false_positive"],
      ["\0\ud800", "false_positive"],
    ];
    const before = await databaseState();
    expect(await labels(...given.map(([each]) => alert(each)))).toEqual(given.map(([, label]) => label));
    // The report of the public key is recorded.
    expect(changedTables(before, await databaseState())).toEqual([
      "audit_entries",
      "audit_heads",
      "throttles",
    ]);
    expect((await entries(publicKey.id)).map(({ action }) => action)).toEqual(["key.reported"]);
    expect((await api.call("/v1/me", publicKey.token)).status).toBe(200);
    expect(await labels(...given.map(([each]) => alert(each)), alert(token))).toEqual([
      ...given.map(([, label]) => label),
      "true_positive",
    ]);
    expect(statusAndCode(await api.call("/v1/me", token))).toEqual([401, "key_revoked"]);
  });

  test("[L6] changes nothing when repeated, or sent twice at once", async () => {
    const key = await createTestKey(organization);
    const both = await Promise.all([1, 2, 3, 4].map(() => labels(alert(key.token), alert(key.token))));
    expect(both.flat()).toEqual(Array(8).fill("true_positive"));
    expect(await entries(key.id)).toHaveLength(1);
    const before = await databaseState();
    expect(await labels(alert(key.token))).toEqual(["true_positive"]);
    expect(await databaseState()).toEqual(before);
  });

  test("[L6] revokes a key by its old secret while that works, but not by a rolled-out one", async () => {
    const roll = async (keyId: string, graceSeconds: number) =>
      value(await rollKey(await organization.as("OWNER"), { keyId, graceSeconds, version: 1 }));
    const rolling = await createTestKey(organization);
    const successor = await roll(rolling.id, 3600);
    const rolled = await createTestKey(organization);
    const { token } = await roll(rolled.id, 0);
    expect(await labels(alert(rolling.token), alert(rolled.token))).toEqual([
      "true_positive",
      "true_positive",
    ]);
    expect(statusAndCode(await api.call("/v1/me", successor.token))).toEqual([401, "key_revoked"]);
    expect((await api.call("/v1/me", token)).status).toBe(200);
  });

  test("[L6] revokes a key whatever its allowed addresses and rate limit", async () => {
    const rateLimit = { requests: 1, seconds: 3600 };
    const bound = await createTestKey(organization, { allowedAddresses: ["192.0.2.0/24"], rateLimit });
    expect(await labels(alert(bound.token))).toEqual(["true_positive"]);
    expect((await storedKey(bound)).revocationReason).toBe("leaked");
  });

  test("[L6, L7] covers several organizations, each in its own chain", async () => {
    const elsewhere = await createTestOrganization("Elsewhere");
    const ours = [await createTestKey(organization), await createTestKey(organization)];
    const theirs = await createTestKey(elsewhere);
    const all = [...ours, theirs];
    await report(...all.map(({ token }) => alert(token)));
    for (const key of all) {
      expect((await storedKey(key)).revocationReason).toBe("leaked");
      expect((await entries(key.id)).map(({ organizationId }) => organizationId)).toEqual([
        key === theirs ? elsewhere.id : organization.id,
      ]);
    }
    expect((await verifyAuditChains()).every(({ fault }) => fault === null)).toBe(true);
  });

  test("[L6] leaves no token in the audit log or any other log", async () => {
    const said: string[] = [];
    const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    const key = await createTestKey(organization);
    const { token } = key;
    const withIt = `https://example.com/${token}?x=\0\ud800${"y".repeat(5_000)}`;
    await report(alert(token, { url: withIt, source: token }), alert(token, { url: null }), alert(token));
    write.mockRestore();
    const [entry] = await entries(key.id);
    expect(entry?.details).toMatchObject({ sources: ["lk_sk_...", "content"] });
    expect(JSON.stringify(entry?.details)).not.toContain(token.slice(6, 40));
    expect(JSON.stringify(entry?.details).length).toBeLessThan(2_000);
    expect(said.join("")).not.toContain(token.slice(6, 40));
  });

  test("[L6] may hold thousands of lookalikes, which cost next to nothing", async () => {
    const key = await createTestKey(organization);
    const lookalikes = Array.from({ length: 5_000 }, () => ({
      token: buildToken("secret", randomKeyId()),
      type: "t",
    }));
    const spy = vi.spyOn(pg.Client.prototype, "query");
    const answer = await labels(...lookalikes, alert(key.token));
    const statements = spy.mock.calls.length;
    spy.mockRestore();
    expect(answer.filter((label: string) => label === "true_positive")).toHaveLength(1);
    // Counts statements instead of time, which varies on a busy machine.
    expect(statements).toBeLessThan(100);
    expect((await storedKey(key)).revocationReason).toBe("leaked");
  });
});

describe("the people of a leaked key", () => {
  let server: MailServer;
  beforeEach(async () => {
    // Processes what earlier tests left, before mail is on.
    await tellAll();
    server = await startMailServer();
    mailThrough(server.url);
  });
  afterEach(async () => {
    mailThrough(undefined);
    await server.close();
  });

  test("[L6] are mailed: its creator and the owners, once", async () => {
    const name = "Billing\r\nBcc: victim@example.com";
    const key = await createTestKey(organization, { creator: "MEMBER", accessLevel: "MEMBER", name });
    const owners = await createTestKey(organization, { name: "Owner's" });
    const publicKey = await createTestKey(organization, { type: "public", creator: "ADMIN" });
    const place = `${leakUrl}?<script>`;
    await report(alert(key.token, { url: place }), alert(owners.token), alert(publicKey.token));
    await report(alert(key.token));
    await tellAll();
    await mailNotices(new Date(Date.now() + 60_000));
    expect(server.received).toHaveLength(2);
    const users = await database().user.findMany({
      where: { id: { in: [organization.userIds.OWNER, organization.userIds.MEMBER] } },
    });
    const received = (to: string) => server.received.find((mail) => mail.to.includes(to));
    for (const { id, email } of users) {
      const mail = received(email);
      const quoted = "“Billing Bcc: victim\u200b@\u200bexample\u200b.\u200bcom”";
      expect(mail?.body).toContain(`${quoted} (${formatKeyId(key.id)}), found at ${place}`);
      expect(mail?.body).not.toContain("<script>\n");
      expect(mail?.body).not.toContain(key.token.slice(6, 40));
      expect(mail?.head.filter((line) => line.startsWith("Bcc"))).toEqual([]);
      const isOwner = id === organization.userIds.OWNER;
      expect(mail?.body.includes(formatKeyId(owners.id))).toBe(isOwner);
      expect(mail?.body.includes("/settings/api-keys?status=revoked")).toBe(isOwner);
    }
  });
});
