import { beforeEach, describe, expect, test } from "vitest";
import { alert, leakUrl, provideGithubReports } from "@/e2e/support/api/github-reports";
import { statusAndCode } from "@/e2e/support/api/test-api";
import { tellAll } from "@/e2e/support/data/tell";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization, value } from "@/e2e/support/data/test-organization";
import { tokenClient } from "@/e2e/support/data/test-tokens";
import { formatKeyId } from "@/lib/core/keys/key-id";
import { recognizedDays } from "@/lib/core/keys/roll-plan";
import { database } from "@/lib/db/client";
import { resumeKey } from "@/lib/services/keys/pause-key";
import { rollKey } from "@/lib/services/keys/roll-key";

// Whoever finds a leaked secret may roll its key with it before somebody reports it.

const { api, report, labels } = provideGithubReports();
let organization: TestOrganization;
let key: TestKey;
beforeEach(async () => {
  organization = await createTestOrganization("Acme");
  key = await createTestKey(organization, { name: "Billing" });
  await database().throttle.deleteMany();
});

const owner = () => organization.as("OWNER");
async function rollItself(token: string, over: object = { grace_seconds: 0 }): Promise<string> {
  const { version } = await database().apiKey.findUniqueOrThrow({ where: { id: key.id } });
  const { status, json } = await api.send("POST", `/v1/keys/${formatKeyId(key.id)}/roll`, token, {
    ...{ version, ...over },
  });
  expect(status).toBe(200);
  return json.token;
}
const reportByAnybody = async (token: string) =>
  (
    await api.call("/v1/leaks/report", undefined, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    })
  ).json;
const codeOf = async (token: string) => statusAndCode(await api.call("/v1/me", token));
const actions = async () => {
  const entries = await database().auditEntry.findMany({
    where: { targetId: key.id },
    orderBy: { sequence: "asc" },
  });
  return entries.map(({ action, actorKind }) => `${actorKind} ${action}`);
};
const paused = [401, "key_paused"];
const stopped = { revoked: false, paused: true };

describe("a key that rolled itself away from a leaked secret", () => {
  test.each([1, 12])(
    "[L6] is paused by the report, with what was granted with it, after %i rolls",
    async (rolls) => {
      let token = key.token;
      for (let roll = 0; roll < rolls; roll++) token = await rollItself(token);
      const { accessToken } = await tokenClient({ ...key, token }).issue(new Date());
      expect(await labels(alert(key.token))).toEqual(["true_positive"]);
      expect([await codeOf(token), await codeOf(accessToken)]).toEqual([paused, paused]);
      const entry = await database().auditEntry.findFirstOrThrow({
        where: { action: "key.paused", targetId: key.id },
      });
      expect(entry).toMatchObject({
        actorName: "GitHub secret scanning",
        details: { reason: "leaked", rolledItself: true, urls: [leakUrl] },
      });
      // Repeating it changes nothing.
      const before = await actions();
      expect(await labels(alert(key.token))).toEqual(["true_positive"]);
      expect(await actions()).toEqual(before);
    },
  );

  test("[L6] is paused by anybody's report, also when it superseded what the owner had rolled", async () => {
    value(await rollKey(await owner(), { keyId: key.id, graceSeconds: 3600 }));
    const token = await rollItself(key.token, { supersede: true, grace_seconds: 0 });
    expect(await reportByAnybody(key.token)).toMatchObject({ ...stopped, key_id: formatKeyId(key.id) });
    expect(await codeOf(token)).toEqual(paused);
  });

  test("[L6] works on after a roll by a person, and the report is noted once a day", async () => {
    await rollItself(key.token);
    const { token } = value(await rollKey(await owner(), { keyId: key.id, graceSeconds: 0 }));
    for (let time = 0; time < 2; time++) {
      expect(await reportByAnybody(key.token)).toEqual({ revoked: false, paused: false, key_id: null });
    }
    expect(await labels(alert(key.token))).toEqual(["true_positive"]);
    expect((await codeOf(token))[0]).toBe(200);
    expect(await actions()).toEqual([
      ...["key key.rolled", "user key.rolled", "system key.reported", "system key.reported"],
    ]);
  });

  test("[L6] is resumed after a roll, and the same report stops it no more", async () => {
    await rollItself(key.token);
    await report(alert(key.token));
    const { token } = value(await rollKey(await owner(), { keyId: key.id }));
    value(await resumeKey(await owner(), { keyId: key.id }));
    expect(await reportByAnybody(key.token)).toMatchObject({ paused: false });
    expect((await codeOf(token))[0]).toBe(200);
  });

  test("[L6] is stopped by a secret that ended within the last days only", async () => {
    let token = await rollItself(key.token);
    const days = recognizedDays * 24 * 60 * 60 * 1000;
    const endsAt = (at: number) =>
      database().apiKeySecret.updateMany({
        where: { keyId: key.id, version: 1 },
        data: { endsAt: new Date(at) },
      });
    await endsAt(Date.now() - days - 1_000);
    expect(await reportByAnybody(key.token)).toMatchObject({ paused: false });
    expect((await codeOf(token))[0]).toBe(200);
    key = await createTestKey(organization);
    token = await rollItself(key.token);
    await endsAt(Date.now() - days + 60_000);
    expect(await reportByAnybody(key.token)).toMatchObject({ paused: true });
  });

  test("[L6] is not stopped by the secret that a person rolled before it rolled itself", async () => {
    const { token } = value(await rollKey(await owner(), { keyId: key.id, graceSeconds: 0 }));
    const next = await rollItself(token);
    expect(await reportByAnybody(key.token)).toMatchObject({ paused: false });
    expect((await codeOf(next))[0]).toBe(200);
    expect(await reportByAnybody(token)).toMatchObject({ paused: true });
  });

  test("[L6] is stopped while it rolls itself at the same time", async () => {
    const token = await rollItself(key.token);
    const body = { version: 2, grace_seconds: 0 };
    const [rolled] = await Promise.all([
      api.send("POST", `/v1/keys/${formatKeyId(key.id)}/roll`, token, body),
      reportByAnybody(key.token),
    ]);
    expect(await codeOf(rolled.status === 200 ? rolled.json.token : token)).toEqual(paused);
  });
});

test("[L6] a key rolls itself 60 times an hour at most", async () => {
  let token = key.token;
  for (let time = 0; time < 60; time++) token = await rollItself(token);
  const refused = await api.send("POST", `/v1/keys/${formatKeyId(key.id)}/roll`, token, { version: 61 });
  expect(statusAndCode(refused)).toEqual([429, "rate_limited"]);
  expect((await codeOf(token))[0]).toBe(200);
});

test("[L17] owners and the creator are told when a key rolls itself for the first time", async () => {
  const told = () =>
    database().noticeItem.count({ where: { keyId: key.id, notice: { kind: "key_rolled_itself" } } });
  let token = await rollItself(key.token, { grace_seconds: 3600 });
  await rollItself(token, { grace_seconds: 0, supersede: true });
  await tellAll();
  expect(await told()).toBe(1);

  key = await createTestKey(organization);
  token = await rollItself(key.token);
  await rollItself(token);
  await tellAll();
  expect(await told()).toBe(1);

  key = await createTestKey(organization);
  value(await rollKey(await owner(), { keyId: key.id, graceSeconds: 0 }));
  await tellAll();
  expect(await told()).toBe(0);
});
