import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { TestKey } from "../support/data/test-key";
import { createTestKey } from "../support/data/test-key";
import { createTestOrganization } from "../support/data/test-organization";
import type { Installation } from "../support/database/installation";
import { createInstallation, testDatabaseKind } from "../support/database/installation";
import { ClusterNode } from "../support/processes/node-cluster";
import { fullNode, verifyingNode } from "../support/processes/server-process";
import type { TcpProxy } from "../support/processes/tcp-proxy";

/** Allowed in addition to the machine's own delay. */
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

  /** Sends a request every 50 ms, whether or not the previous one was answered. */
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

  /** Measures the machine's own delay, here or in the node, with requests that need no database. */
  function timeMachine(url: string): () => Promise<number> {
    const tookMs: number[] = [];
    let isOver = false;
    const timing = (async () => {
      while (!isOver) {
        const begun = performance.now();
        await (await fetch(`${url}/healthz`)).text();
        await sleep(20);
        tookMs.push(performance.now() - begun - 20);
      }
    })();
    return async () => {
      isOver = true;
      await timing;
      // The median must be fast. Otherwise a hanging node would look like a slow machine.
      const sorted = tookMs.toSorted((a, b) => a - b);
      expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(slackMs);
      // Twice, because both the request and the response can be delayed.
      return 2 * (sorted.at(-1) ?? 0);
    };
  }

  /** When the first successful request started, with one sent every 50 ms from now on. */
  async function wellAgainAfterMs(url: string): Promise<number> {
    const begun = performance.now();
    const well: number[] = [];
    const asked: Promise<void>[] = [];
    while (well.length === 0) {
      const atMs = performance.now() - begun;
      const both = Promise.all([ask(url), isReady(url)]);
      asked.push(both.then((got) => void (got.every((status) => status === 200) && well.push(atMs))));
      await sleep(50);
    }
    await Promise.all(asked);
    return Math.min(...well);
  }

  const losses: readonly (readonly [string, (proxy: TcpProxy) => Promise<void>])[] = [
    ["which says nothing any more", async (proxy) => proxy.stall()],
    ["whose answers do not arrive", async (proxy) => proxy.stall(["down"])],
    ["which refuses every connection", (proxy) => proxy.refuse()],
  ];

  test.each(losses)("%s answers 503 within two seconds, and recovers within five", async (_, lose) => {
    const each = async (node: ClusterNode) => {
      await wellAgainAfterMs(node.url);
      await lose(node.proxy);
      const ending = timeMachine(node.url);
      const [verified, ready] = await Promise.all([
        watch(() => ask(node.url), lossMs),
        watch(() => isReady(node.url), lossMs),
      ]);
      const withinMs = 2000 + slackMs + (await ending());
      for (const { atMs, tookMs, status } of verified) {
        expect(tookMs, `asked after ${atMs} ms`).toBeLessThan(withinMs);
        if (atMs > 2000) expect(status, `asked after ${atMs} ms`).toBe(503);
      }
      for (const { tookMs, status } of ready) {
        expect(tookMs).toBeLessThan(withinMs);
        expect(status).toBe(503);
      }
      const healing = timeMachine(node.url);
      await node.proxy.heal();
      const healedAfterMs = await wellAgainAfterMs(node.url);
      expect(healedAfterMs).toBeLessThan(5000 + (await healing()));
    };
    await Promise.all(nodes.map(each));
  });

  test("briefly, by a reset of all connections, recovers within five seconds", async () => {
    for (const { url, proxy } of nodes) {
      await wellAgainAfterMs(url);
      proxy.reset();
      const ending = timeMachine(url);
      const [after, wellAfterMs] = await Promise.all([watch(() => ask(url), 3000), wellAgainAfterMs(url)]);
      const withinMs = 2000 + (await ending());
      expect(after.filter(({ atMs }) => atMs > withinMs).map(({ status }) => status)).not.toContain(503);
      expect(wellAfterMs).toBeLessThan(withinMs);
    }
  });
});
