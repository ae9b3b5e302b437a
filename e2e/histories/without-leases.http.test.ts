import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { Installation } from "@/e2e/support/database/installation";
import { createInstallation, testDatabaseKind } from "@/e2e/support/database/installation";
import { ClusterNode } from "@/e2e/support/processes/node-cluster";
import { fullNode, verifyingNode } from "@/e2e/support/processes/server-process";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { Verification, Violation } from "./find-violations";
import { findViolations } from "./find-violations";
import { nowUs } from "./now-us";
import type { VerificationLoad } from "./verification-load";
import { startVerificationLoad } from "./verification-load";

/** Packages are resolved from here. */
const directory = resolve("node_modules/.cache/latchkey-without-leases");
const unguarded = resolve(directory, "api-server.mjs");

/** Builds a verifying node that trusts its memory without a lease: the fault that the histories must find. */
async function buildWithoutLeases(): Promise<void> {
  let replaced = false;
  const check = "return performance.now() < this.#endsAt && Date.now() < this.#wallEndsAt;";
  await build({
    ...{ entryPoints: ["api-server.ts"], outdir: directory, outExtension: { ".js": ".mjs" } },
    ...{ bundle: true, splitting: true, platform: "node", format: "esm", packages: "external" },
    plugins: [
      {
        name: "without-leases",
        setup: ({ onLoad }) =>
          onLoad({ filter: /\/node-lease\.ts$/ }, ({ path }) => {
            const source = readFileSync(path, "utf8");
            if (!source.includes(check)) throw new Error("The lease is checked elsewhere now");
            replaced = true;
            return { contents: source.replace(check, "return this.#endsAt > 0;"), loader: "ts" };
          }),
      },
    ],
  });
  if (!replaced) throw new Error("The file that checks the lease is elsewhere now");
}

async function holdsLease(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/readyz`);
  const { lease } = (await answer.json()) as { lease?: string };
  return lease === "held";
}

/** Waits until a verification that started after this moment was answered, with this verdict if one is given. */
async function answerOf(load: VerificationLoad, afterUs: number, wanted?: string): Promise<void> {
  const isOne = ({ startedAt, verdict }: Verification) =>
    startedAt > afterUs && (wanted === undefined || verdict === wanted);
  while (!load.verifications.some(isOne)) await sleep(20);
}

describe.runIf(testDatabaseKind() === "postgres")(
  "[L1] a key is revoked while a node cannot receive the change",
  () => {
    let installation: Installation;
    beforeAll(async () => {
      await buildWithoutLeases();
      installation = await createInstallation();
    });
    afterAll(async () => {
      await installation.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    async function violationsOf(program: string): Promise<Violation[]> {
      const [caller, key] = await installation.withDatabase(async () => {
        const organization = await createTestOrganization("Leases");
        const accessLevel = "ADMIN";
        return [
          await createTestKey(organization),
          await createTestKey(organization, { accessLevel }),
        ] as const;
      });
      const full = await ClusterNode.start(installation.variables, fullNode);
      const node = await ClusterNode.start(installation.variables, program);
      const checks = [{ callerToken: caller.token, token: key.token, permission: "users:read" }];
      const load = await startVerificationLoad({ ports: [node.port], checks });
      try {
        // Verifications from now on are answered from memory, or cached.
        while (!(await holdsLease(node.url))) await sleep(20);
        await answerOf(load, nowUs(), "VALID");
        node.proxy.stall();
        const askedAt = nowUs();
        const { status } = await fetch(`${full.url}/v1/keys/${formatKeyId(key.id)}/revoke`, {
          method: "POST",
          headers: { Authorization: `Bearer ${caller.token}` },
        });
        expect(status).toBe(200);
        const revoked = { kind: "revoke", check: 0, verdict: "REVOKED", askedAt, answeredAt: nowUs() };
        await answerOf(load, revoked.answeredAt);
        await load.stop();
        return findViolations(["VALID"], [revoked], load.verifications);
      } finally {
        await load.stop();
        for (const each of [full, node]) await each.end();
      }
    }

    test("an unmodified node gives no wrong answer", async () => {
      expect(await violationsOf(verifyingNode)).toEqual([]);
    });

    test("a node without its lease check does, and the histories find it", async () => {
      expect((await violationsOf(unguarded)).length).toBeGreaterThan(0);
    });
  },
);
