import { beforeEach, describe, expect, test } from "vitest";
import { alert, provideGithubReports } from "@/e2e/support/api/github-reports";
import { statusAndCode } from "@/e2e/support/api/test-api";
import { tellAll } from "@/e2e/support/data/tell";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { createTestWebhook } from "@/e2e/support/data/test-webhook";
import { mailThrough, startMailServer } from "@/e2e/support/processes/mail-server";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { database } from "@/lib/db/client";
import { pauseKey, resumeKey } from "@/lib/services/keys/pause-key";
import { rollKey } from "@/lib/services/keys/roll-key";
import { readLog, startCursor } from "@/lib/services/log-readers/log-reader";
import { mailNotices } from "@/lib/services/notices/mail/mail-notices";
import { updateOrganization } from "@/lib/services/organizations/update-organization";
import { readOverview } from "@/lib/services/overview/read-overview";
import { webhookReader } from "@/lib/services/webhooks/webhook-reader";

const { api, report: githubReport, labels } = provideGithubReports();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization("Acme");
  await database().throttle.deleteMany();
  value(await updateOrganization(await owner(), { pauseLeakedKeys: true }));
});

const owner = () => organization.as("OWNER");
const report = (token: string) =>
  api.call("/v1/leaks/report", undefined, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
const entries = (targetId: string) =>
  database().auditEntry.findMany({ where: { targetId }, orderBy: { sequence: "asc" } });
const isPaused = async (token: string) => statusAndCode(await api.call("/v1/me", token))[1] === "key_paused";

describe("where leaked keys are paused", () => {
  test("[L6] a report pauses the key and the keys it created, and says so; nothing is revoked", async () => {
    const key = await createTestKey(organization, { name: "Billing" });
    const { accessToken } = await tokenClient(key).issue(new Date());
    expect((await report(key.token)).json).toEqual({
      ...{ revoked: false, paused: true, key_id: formatKeyId(key.id) },
    });
    expect(await isPaused(key.token)).toBe(true);
    expect((await api.call("/v1/me", accessToken)).status).toBe(401);
    expect(await database().apiKey.findUniqueOrThrow({ where: { id: key.id } })).toMatchObject({
      ...{ pausedAt: expect.any(Date), pausedById: null, revokedAt: null },
    });
    expect(await entries(key.id)).toMatchObject([
      {
        action: "key.paused",
        actorKind: "system",
        actorName: "A leak report",
        details: { reason: "leaked" },
      },
    ]);
    const { attention } = value(await readOverview(await owner(), { period: "24h" }));
    expect(attention[0]).toMatchObject({ kind: "leaked", done: "paused", name: "Billing" });
  });

  test("[L6] GitHub's report does the same, and a repeated or simultaneous one changes nothing", async () => {
    const key = await createTestKey(organization);
    await Promise.all([githubReport(alert(key.token)), githubReport(alert(key.token)), report(key.token)]);
    expect(await labels(alert(key.token))).toEqual(["true_positive"]);
    expect((await report(key.token)).json).toEqual({ revoked: false, paused: false, key_id: null });
    expect((await entries(key.id)).map(({ action }) => action)).toEqual(["key.paused"]);
  });

  test("[L6] a roll ends the leaked secret, and a person's pause does not clear the leak", async () => {
    const key = await createTestKey(organization);
    await report(key.token);
    value(await pauseKey(await owner(), { keyId: key.id }));
    const paused = await database().apiKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(paused.pausedById).toBeNull();
    const refused = await rollKey(await owner(), { keyId: key.id, graceSeconds: 3600 });
    expect(refused).toMatchObject({ ok: false, code: "conflict", detail: expect.stringContaining("leaked") });
    const rolled = value(await rollKey(await owner(), { keyId: key.id }));
    expect(rolled.oldSecretEndsAt).toBeNull();
    value(await resumeKey(await owner(), { keyId: key.id }));
    expect(statusAndCode(await api.call("/v1/me", key.token))[1]).toBe("key_rolled");
    expect((await api.call("/v1/me", rolled.token)).status).toBe(200);
  });

  test("[L6] after a leak during a grace, another roll must end the leaked secret", async () => {
    const key = await createTestKey(organization);
    value(await rollKey(await owner(), { keyId: key.id, graceSeconds: 3600 }));
    await report(key.token);
    const unused = await rollKey(await owner(), { keyId: key.id, version: 2, replaceUnused: true });
    expect(unused).toMatchObject({ ok: false, code: "conflict", detail: expect.stringContaining("leaked") });
    value(await rollKey(await owner(), { keyId: key.id, version: 2, supersede: true }));
    value(await resumeKey(await owner(), { keyId: key.id }));
    expect(statusAndCode(await api.call("/v1/me", key.token))[1]).toBe("key_rolled");
  });

  test("[L6] a report takes over a person's pause, and then resuming needs the password", async () => {
    const key = await createTestKey(organization);
    value(await pauseKey(await owner(), { keyId: key.id }));
    expect((await report(key.token)).json).toMatchObject({ paused: true });
    const stale = await organization.as("OWNER", new Date(Date.now() - 6 * 60_000));
    const late = { ...stale, origin: { ...stale.origin, at: new Date() } };
    expect(await resumeKey(late, { keyId: key.id })).toMatchObject({ code: "reauthentication_required" });
    value(await resumeKey(await owner(), { keyId: key.id }));
    expect((await api.call("/v1/me", key.token)).status).toBe(200);
    // The secret is as public as before.
    expect((await report(key.token)).json).toMatchObject({ paused: true });
    expect((await entries(key.id)).map(({ action }) => action)).toEqual([
      ...["key.paused", "key.paused", "key.resumed", "key.paused"],
    ]);
  });

  test("[L6] webhooks get the pause and the leak, and owners and the creator get a mail", async () => {
    const { id: endpointId } = await createTestWebhook(organization.id);
    const { sequence } = await database().auditHead.findUniqueOrThrow({
      where: { organizationId: organization.id },
    });
    await database().$transaction((transaction) =>
      startCursor(transaction, webhookReader.name, organization.id as never, sequence),
    );
    // Processes what earlier tests left, before mail is on.
    await tellAll();
    const mails = await startMailServer();
    mailThrough(mails.url);
    const key = await createTestKey(organization, {
      name: "Billing",
      creator: "ADMIN",
      accessLevel: "ADMIN",
    });
    await report(key.token);
    while (await readLog(webhookReader, new Date(), new AbortController().signal));
    const told = await database().webhookDelivery.findMany({
      where: { endpointId },
      orderBy: { position: "asc" },
    });
    expect(told.map(({ type }) => type)).toEqual(["key.paused", "key.leaked"]);
    await tellAll();
    await mailNotices(new Date(Date.now() + 60_000));
    expect(mails.received.length).toBe(2);
    for (const { body } of mails.received) expect(body).toContain("was found in public and paused");
    mailThrough(undefined);
    await mails.close();
  });

  test("[L6] only a person switches it on, and a key may switch it off", async () => {
    const { token } = await createTestKey(organization);
    const path = `/v1/organizations/${organization.id}`;
    const set = (pause_leaked_keys: boolean) => api.send("PATCH", path, token, { pause_leaked_keys });
    expect((await set(false)).json).toMatchObject({ pause_leaked_keys: false });
    expect(statusAndCode(await set(true))).toEqual([403, "forbidden"]);
    const stale = await organization.as("OWNER", new Date(Date.now() - 6 * 60_000));
    const late = { ...stale, origin: { ...stale.origin, at: new Date() } };
    expect(await updateOrganization(late, { pauseLeakedKeys: true })).toMatchObject({
      code: "reauthentication_required",
    });
    const key = await createTestKey(organization);
    expect((await report(key.token)).json).toMatchObject({ revoked: true });
  });
});
