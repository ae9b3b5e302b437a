import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { databaseState } from "@/e2e/permission-matrix/database-state";
import { alert, provideGithubReports } from "@/e2e/support/api/github-reports";
import { statusAndCode } from "@/e2e/support/api/test-api";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import type { TestOrganization } from "@/e2e/support/data/test-organization";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { startGithub } from "@/e2e/support/processes/github";
import { database } from "@/lib/db/client";
import { env, setEnv } from "@/lib/env";
import { log } from "@/lib/log";

const { github, post, report, labels } = provideGithubReports();
let organization: TestOrganization;
beforeEach(async () => {
  organization = await createTestOrganization("Acme");
});

const storedKey = ({ id }: TestKey) => database().apiKey.findUniqueOrThrow({ where: { id } });

describe("a report not signed by GitHub", () => {
  test("[L6] is refused and changes nothing, whatever is wrong with it", async () => {
    const key = await createTestKey(organization);
    const body = JSON.stringify([alert(key.token)]);
    const good = github().sign(body);
    const forger = await startGithub();
    const { "Github-Public-Key-Identifier": id = "", "Github-Public-Key-Signature": signature = "" } = good;
    const bytes = Buffer.from(signature, "base64");
    bytes.writeUInt8((bytes.at(-1) ?? 0) ^ 1, bytes.length - 1);
    const headers = (identifier: string, signed: string) => ({
      "Github-Public-Key-Identifier": identifier,
      "Github-Public-Key-Signature": signed,
    });
    const forged: Record<string, string>[] = [
      {},
      { "Github-Public-Key-Identifier": id },
      { "Github-Public-Key-Signature": signature },
      headers("", signature),
      headers(id, ""),
      headers(id, bytes.toString("base64")),
      headers(id, "AAAA"),
      headers(id, `${signature}, ${signature}`),
      headers(`${id}'; --`, signature),
      headers("nobody", signature),
      headers(id, github().sign(`${body} `)["Github-Public-Key-Signature"] ?? ""),
      headers(id, forger.sign(body)["Github-Public-Key-Signature"] ?? ""),
      forger.sign(body),
    ];
    const before = await databaseState();
    for (const each of forged) {
      const reply = await post(body, each);
      expect(statusAndCode(reply), JSON.stringify(each)).toEqual([403, "forbidden"]);
      expect(reply.headers.has("www-authenticate")).toBe(false);
    }
    // An unsigned body reveals nothing either.
    expect(statusAndCode(await post("{", { ...good }))).toEqual([403, "forbidden"]);
    expect(await databaseState()).toEqual(before);
    await forger.close();
    expect((await post(body, good)).status).toBe(200);
  });

  test("[L6] differs from one that cannot be checked: 503 while GitHub's keys cannot be read", async () => {
    const away = await startGithub();
    const warn = vi.spyOn(log(), "warn").mockImplementation(() => undefined);
    const key = await createTestKey(organization);
    const body = JSON.stringify([alert(key.token)]);
    away.answer(500, "");
    setEnv({ ...env(), githubKeysUrl: away.keysUrl });
    expect(statusAndCode(await post(body, away.sign(body)))).toEqual([503, "unavailable"]);
    expect((await storedKey(key)).revokedAt).toBeNull();
    setEnv({ ...env(), githubKeysUrl: github().keysUrl });
    warn.mockRestore();
    await away.close();
  });
});

describe("a signed body", () => {
  test.each([
    ["no JSON", "[", 400],
    ["no list", "{}", 400],
    ["an alert without a token", '[{"type":"x"}]', 400],
    ["a token that is no text", '[{"token":1,"type":"x"}]', 400],
    ["a name twice", '[{"token":"a","token":"b","type":"x"}]', 400],
    ["too much", JSON.stringify([alert("x".repeat(1024 * 1024))]), 413],
  ])("that is %s is refused", async (_what, body, status) => {
    expect((await post(body)).status).toBe(status);
  });

  test("with fields that GitHub may add, or without an alert, is accepted", async () => {
    expect((await report()).json).toEqual([]);
    expect(await labels(alert("x", { added: { later: true }, url: null, source: undefined }))).toEqual([
      "false_positive",
    ]);
  });

  test("larger than 64 KiB, a few hundred alerts, is accepted", async () => {
    const many = Array.from({ length: 3_000 }, () => alert(`lk_sk_${randomUUID()}`));
    expect(JSON.stringify(many).length).toBeGreaterThan(500_000);
    expect(await labels(...many)).toHaveLength(3_000);
  });
});
