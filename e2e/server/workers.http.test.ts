import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { database } from "@/lib/db/client";
import type { TestKey } from "../support/data/test-key";
import { createTestKey } from "../support/data/test-key";
import type { TestOrganization } from "../support/data/test-organization";
import { createTestOrganization } from "../support/data/test-organization";
import type { Installation } from "../support/database/installation";
import { createInstallation, testDatabaseKind } from "../support/database/installation";
import { freePort } from "../support/processes/free-port";
import type { ServerProcess } from "../support/processes/server-process";
import { fullNode, spawnServer, startServer, verifyingNode } from "../support/processes/server-process";

/** Longer than an answer takes on the slowest machine. */
const waitMs = 30_000;
/** A busy machine notices closed connections late. */
const noticedWithinMs = 2_000;
const silence = "neither answered nor closed";

let installation: Installation;
let server: ServerProcess | undefined;
beforeEach(async () => {
  installation = await createInstallation();
});
afterEach(async () => {
  await server?.kill();
  server = undefined;
  await installation.remove();
});

const kind = testDatabaseKind();

test.runIf(kind === "embedded")("workers on the embedded database are refused in one line", async () => {
  const { ended, output } = await spawnServer({ ...installation.variables, WORKERS: "2" });
  expect(await ended).toBe(1);
  expect(output()).toBe(
    "Latchkey did not start:\nWORKERS: must be 1 without DATABASE_URL; the embedded database is for one process\n",
  );
});

describe.runIf(kind === "postgres")("[L1] workers on one port", () => {
  let organization: TestOrganization;
  let caller: TestKey;

  async function start(count: number, program = verifyingNode, more: Record<string, string> = {}) {
    [organization, caller] = await installation.withDatabase(async () => {
      const made = await createTestOrganization("Workers");
      return [made, await createTestKey(made)] as const;
    });
    const variables = { ...installation.variables, APP_URL: "https://keys.example.com", ...more };
    server = await startServer({ ...variables, WORKERS: String(count) }, undefined, program);
    await expect.poll(server.output).toContain(`All ${count} workers are ready`);
    return server;
  }

  /** Sends a request. Without an agent, it uses a new connection. */
  function send(path: string, body: object, agent: Agent | false = false) {
    const headers = { Authorization: `Bearer ${caller.token}`, "Content-Type": "application/json" };
    const to = { host: "127.0.0.1", port: new URL(server?.url ?? "").port, method: "POST", path, headers };
    const sent = request({ ...to, agent, timeout: waitMs });
    sent.once("timeout", () => sent.destroy(new Error(silence)));
    const answer = once(sent, "response").then(async ([response]) => ({
      status: (response as IncomingMessage).statusCode,
      json: JSON.parse(await text(response as IncomingMessage)) as { valid?: boolean; code?: string },
    }));
    return { sent, answer, end: () => sent.end(JSON.stringify(body)) };
  }

  async function verify(key: TestKey, agent?: Agent) {
    const { answer, end } = send("/v1/keys/verify", { key: key.token }, agent);
    end();
    return (await answer).json;
  }

  /** The sum of a metric, by worker. */
  async function metricByWorker(name: string): Promise<Map<string, number>> {
    const metrics = await (await fetch(`${server?.url}/metrics`)).text();
    const samples = metrics.matchAll(new RegExp(`^${name}\\{.*worker="(\\d+)".*\\} (\\S+)$`, "gm"));
    const sums = new Map<string, number>();
    for (const [, worker = "", value] of samples) sums.set(worker, (sums.get(worker) ?? 0) + Number(value));
    return sums;
  }

  test("answer side by side, and all refuse a key once its revocation is answered", async () => {
    const { output } = await start(3);
    expect(output().match(/API is ready at/g)).toHaveLength(1);
    expect(output().match(/REDIS_URL is not set/g)).toHaveLength(1);
    const keys = await installation.withDatabase(() =>
      Promise.all(Array.from({ length: 10 }, () => createTestKey(organization))),
    );
    // Each node has a lease of its own.
    expect(await installation.withDatabase(() => database().node.count())).toBe(3);
    const fresh = (key: TestKey) => Promise.all(Array.from({ length: 12 }, () => verify(key)));
    for (const key of keys) {
      for (const { code } of await fresh(key)) expect(code).toBe("VALID");
      const revoking = send(`/v1/keys/key_${key.id}/revoke`, {});
      revoking.end();
      expect((await revoking.answer).status).toBe(200);
      for (const { valid, code } of await fresh(key)) expect([valid, code]).toEqual([false, "REVOKED"]);
    }
    // A worker that is too busy to answer is missing from the metrics.
    const places = async (metric: string) => [...(await metricByWorker(metric)).keys()].sort();
    await expect.poll(() => places("latchkey_remembered_keys")).toEqual(["1", "2", "3"]);
    const verified = await metricByWorker("latchkey_verifications_total");
    for (const count of verified.values()) expect(count).toBeGreaterThan(10);
    expect([...verified.values()].reduce((sum, count) => sum + count)).toBe(240);
    const metrics = await (await fetch(`${server?.url}/metrics`)).text();
    const types = metrics.match(/^# TYPE \S+/gm) ?? [];
    expect(new Set(types).size).toBe(types.length);
  });

  test("are replaced when they are killed, and the others miss no request", async () => {
    const { pid, output } = await start(2);
    const [victim, survivor] = workersOf(pid);
    const failed: number[] = [];
    let isOver = false;
    // Stop the load even if the test fails halfway.
    onTestFinished(() => {
      isOver = true;
    });
    const load = async (agent: Agent | undefined) => {
      while (!isOver) {
        const begunAt = performance.now();
        const told = await verify(caller, agent).then(({ code }) => code, String);
        expect(told).not.toContain(silence);
        if (told !== "VALID") failed.push(begunAt);
      }
    };
    const kept = new Agent({ keepAlive: true, maxSockets: 4 });
    const loads = [...Array.from({ length: 4 }, () => load(kept)), load(undefined), load(undefined)];
    await expect.poll(async () => (await metricByWorker("latchkey_verifications_total")).size).toBe(2);
    // While the worker is stopped, one new connection is being passed to it.
    process.kill(Number(victim), "SIGSTOP");
    await sleep(300);
    process.kill(Number(victim), "SIGKILL");
    const killedAt = performance.now();
    await expect.poll(() => workersOf(pid).length).toBe(2);
    expect(workersOf(pid)).toContain(survivor);
    // The new worker has the killed one's place, and answers.
    const places = async () => [...(await metricByWorker("latchkey_verifications_total")).keys()].sort();
    await expect.poll(places).toEqual(["1", "2"]);
    for (const place of ["1", "2"]) {
      const verified = async () => (await metricByWorker("latchkey_verifications_total")).get(place) ?? 0;
      await expect.poll(verified).toBeGreaterThan(0);
    }
    await sleep(Math.max(0, killedAt + noticedWithinMs + 500 - performance.now()));
    isOver = true;
    await Promise.all(loads);
    kept.destroy();
    // Only requests to the killed worker are lost.
    for (const begunAt of failed) expect(begunAt).toBeLessThan(killedAt + noticedWithinMs);
    expect(output()).toContain("a worker ended; starting another");
    expect(await server?.stop(), output()).toBe(0);
  });

  test("are replaced when they hang, and stop cleanly even if the last message to them was not a connection", async () => {
    const { pid, output, stop } = await start(2);
    const [hanging, other] = workersOf(pid);
    process.kill(Number(hanging), "SIGSTOP");
    await expect.poll(() => workersOf(pid), { timeout: 60_000 }).not.toContain(hanging);
    expect(output()).toContain("a worker hangs; killing it");
    // The metrics are also the last thing that the workers are asked for.
    const places = async () => [...(await metricByWorker("latchkey_remembered_keys")).keys()].sort();
    await expect.poll(places).toEqual(["1", "2"]);
    expect(workersOf(pid)).toContain(other);
    expect(await stop(), output()).toBe(0);
  });

  test("stop together, after the requests in progress", async () => {
    const { pid, output, stop } = await start(2);
    const begun = Array.from({ length: 12 }, () => send("/v1/keys/verify", { key: caller.token }));
    for (const { sent } of begun) {
      sent.setHeader("Expect", "100-continue");
      sent.flushHeaders();
    }
    await Promise.all(begun.map(({ sent }) => once(sent, "continue")));
    const stopped = stop();
    const refused = () => fetch(`${server?.url}/healthz`).then(({ status }) => status, String);
    await expect.poll(refused).toContain("TypeError");
    expect(workersOf(pid)).toHaveLength(2);
    for (const { end } of begun) end();
    for (const { answer } of begun) expect((await answer).json).toMatchObject({ code: "VALID" });
    expect(await stopped).toBe(0);
    expect(output().match(/Stopping/g)).toHaveLength(1);
    // The leases were given back, so no change waits for them.
    expect(await installation.withDatabase(() => database().node.count())).toBe(0);
  });

  test("that keep failing at their start end the server, which says so", async () => {
    const dies = "data:text/javascript,if(process.env.LATCHKEY_WORKER==2)process.exit(3)";
    const variables = { ...installation.variables, WORKERS: "2", NODE_OPTIONS: `--import ${dies}` };
    const { ended, output } = await spawnServer(variables, undefined, verifyingNode);
    expect(await ended).toBe(1);
    expect(output()).toContain("workers end one after the other");
    expect(output()).not.toContain("workers are ready");
  });

  test("of a full node print one setup URL, serve pages, and die with their parent process", async () => {
    const port = await freePort();
    // Without the tests' preloads, which would end it with the test.
    const child = spawn(process.execPath, [fullNode], {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "production",
        ...installation.variables,
        PORT: String(port),
        WORKERS: "2",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
    await expect.poll(() => output, { timeout: 60_000 }).toContain("All 2 workers are ready");
    const setup = [...output.matchAll(/Set up your organization, once, at: (\S+)/g)].map(([, url]) => url);
    expect(setup).toHaveLength(1);
    for (let count = 0; count < 6; count++) {
      const page = await fetch(`http://localhost:${port}/setup${new URL(setup[0] ?? "").search}`, {
        headers: { Connection: "close" },
      });
      expect(page.status).toBe(200);
      await page.text();
    }
    const workers = workersOf(Number(child.pid));
    expect(workers).toHaveLength(2);
    child.kill("SIGKILL");
    await once(child, "exit");
    await expect.poll(() => workers.filter(isRunning)).toEqual([]);
  });
});

/** The processes that a process has started. */
function workersOf(pid: number): number[] {
  const printed = execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  return printed.trim().split("\n").map(Number);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
