import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Installation } from "./support/installation";
import { createInstallation, testDatabaseKind } from "./support/installation";
import { ClusterNode } from "./support/node-cluster";
import { fullNode, verifyingNode } from "./support/server-process";
import type { TcpProxy } from "./support/tcp-proxy";
import type { TestKey } from "./support/test-key";
import { createTestKey } from "./support/test-key";
import { createTestOrganization } from "./support/test-organization";

/** A slow machine's share of each bound. */
const slackMs = 700;
const lossMs = 6000;

type Asked = { readonly atMs: number; readonly tookMs: number; readonly status: number };

describe.runIf(testDatabaseKind() === "postgres")("[L1] a node that loses the database", () => {
  let installation: Installation;
  let key: TestKey;
  let nodes: ClusterNode[];

  beforeAll(async () => {
    installation = await createInstallation();
    key = await installation.withDatabase(async () => createTestKey(await createTestOrganization("Lost")));
    const start = (program: string) => ClusterNode.start(installation.variables, program);
    nodes = await Promise.all([fullNode, verifyingNode].map(start));
  });
  afterAll(async () => {
    for (const node of nodes) await node.end();
    await installation.remove();
  });

  afterEach(async () => {
    for (const node of nodes) await node.proxy.heal();
  });

  async function ask(url: string): Promise<number> {
    const headers = { Authorization: `Bearer ${key.token}`, "Content-Type": "application/json" };
    const body = JSON.stringify({ key: key.token });
    const answer = await fetch(`${url}/v1/keys/verify`, { method: "POST", headers, body });
    await answer.text();
    return answer.status;
  }

  async function isReady(url: string): Promise<number> {
    const answer = await fetch(`${url}/readyz`);
    await answer.text();
    return answer.status;
  }

  /** Asks every 50 ms, whether the answer before has come or not. */
  async function watch(work: () => Promise<number>, forMs: number): Promise<Asked[]> {
    const begun = performance.now();
    const asked: Promise<Asked>[] = [];
    while (performance.now() - begun < forMs) {
      const atMs = performance.now() - begun;
      const answered = async () => {
        const status = await work();
        return { atMs, tookMs: performance.now() - begun - atMs, status };
      };
      asked.push(answered());
      await sleep(50);
    }
    return Promise.all(asked);
  }

  const losses: readonly (readonly [string, (proxy: TcpProxy) => Promise<void>])[] = [
    ["which says nothing any more", async (proxy) => proxy.stall()],
    ["whose answers do not arrive", async (proxy) => proxy.stall(["down"])],
    ["which refuses every connection", (proxy) => proxy.refuse()],
  ];

  test.each(losses)("%s answers 503 within two seconds, and is well within five", async (_, lose) => {
    const each = async (node: ClusterNode) => {
      expect(await ask(node.url)).toBe(200);
      await lose(node.proxy);
      const [verified, ready] = await Promise.all([
        watch(() => ask(node.url), lossMs),
        watch(() => isReady(node.url), lossMs),
      ]);
      for (const { atMs, tookMs, status } of verified) {
        expect(tookMs, `asked after ${atMs} ms`).toBeLessThan(2000 + slackMs);
        if (atMs > 2000) expect(status, `asked after ${atMs} ms`).toBe(503);
      }
      for (const { tookMs, status } of ready) {
        expect(tookMs).toBeLessThan(2000 + slackMs);
        expect(status).toBe(503);
      }
      await node.proxy.heal();
      const healed = await watch(() => ask(node.url), 5000);
      expect(healed.at(-1)).toMatchObject({ status: 200 });
      expect(await isReady(node.url)).toBe(200);
    };
    await Promise.all(nodes.map(each));
  });

  test("for a moment only, by a reset of all connections, is well within five seconds", async () => {
    for (const { url, proxy } of nodes) {
      expect(await ask(url)).toBe(200);
      proxy.reset();
      const after = await watch(() => ask(url), 3000);
      expect(after.filter(({ atMs }) => atMs > 2000).map(({ status }) => status)).not.toContain(503);
      expect(await isReady(url)).toBe(200);
    }
  });
});
