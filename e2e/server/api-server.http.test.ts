import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTestKey } from "../support/data/test-key";
import { createTestOrganization } from "../support/data/test-organization";
import type { Installation } from "../support/database/installation";
import { createInstallation, testDatabaseKind } from "../support/database/installation";
import { spawnServer, startServer, verifyingNode } from "../support/processes/server-process";

let installation: Installation;
beforeEach(async () => {
  installation = await createInstallation();
});
afterEach(() => installation.remove());

describe.runIf(testDatabaseKind() === "embedded")("a verifying node", () => {
  test("without a DATABASE_URL says so in one line, and does not touch the data directory", async () => {
    const full = await startServer(installation.variables);
    const { ended, output } = await spawnServer(installation.variables, undefined, verifyingNode);
    expect(await ended).toBe(1);
    expect(output().match(/^DATABASE_URL: must be set/gm)).toHaveLength(1);
    expect((await fetch(`${full.url}/readyz`)).status).toBe(200);
    await full.kill();
  });
});

describe.runIf(testDatabaseKind() === "postgres")("a verifying node", () => {
  test("answers like a full node, except for pages, and stops like one", async () => {
    const key = await installation.withDatabase(async () =>
      createTestKey(await createTestOrganization("Nodes")),
    );
    const variables = { ...installation.variables, APP_URL: "https://keys.example.com" };
    const full = await startServer(variables);
    const verifying = await startServer(variables, undefined, verifyingNode);
    const asked = async (url: string, path: string, body?: object) => {
      const headers = { Authorization: `Bearer ${key.token}`, "Content-Type": "application/json" };
      const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
      const answer = await fetch(url + path, { headers, ...sent });
      return { status: answer.status, json: await answer.json() };
    };
    for (const [path, body] of [
      ["/v1/keys/verify", { key: key.token }],
      ["/v1/organizations", undefined],
      ["/v1/me", undefined],
      ["/.well-known/jwks.json", undefined],
      ["/.well-known/oauth-authorization-server", undefined],
      ["/healthz", undefined],
    ] as const) {
      const [one, other] = [await asked(full.url, path, body), await asked(verifying.url, path, body)];
      expect(one.status).toBe(200);
      expect(other).toEqual(one);
    }
    for (const path of ["/", "/sign-in", "/docs"]) {
      expect(await asked(verifying.url, path)).toMatchObject({ status: 404, json: { code: "not_found" } });
    }
    for (const { url } of [full, verifying]) {
      const { status, metrics } = await readMetrics(url);
      expect(status).toBe(200);
      expect(metrics).toContain('latchkey_verifications_total{code="VALID"} 1\n');
      const lease = async () => /^latchkey_lease_seconds (.+)$/m.exec((await readMetrics(url)).metrics)?.[1];
      // A node whose renewal is late has no lease for a moment.
      await expect.poll(async () => Number(await lease())).toBeGreaterThan(0);
    }
    expect(verifying.output()).toContain(`ready at ${verifying.url.replace("localhost", "127.0.0.1")}`);
    expect(await verifying.stop()).toBe(0);
    await full.kill();
  });
});

async function readMetrics(url: string) {
  const answer = await fetch(`${url}/metrics`);
  return { status: answer.status, metrics: await answer.text() };
}
