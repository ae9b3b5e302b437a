import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestKey } from "@/e2e/support/data/test-key";
import { createTestKey } from "@/e2e/support/data/test-key";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import type { Installation } from "@/e2e/support/database/installation";
import {
  createInstallation,
  temporaryDirectory,
  testDatabaseKind,
} from "@/e2e/support/database/installation";
import type { ServerProcess } from "@/e2e/support/processes/server-process";
import { startServer } from "@/e2e/support/processes/server-process";
import { TcpProxy } from "@/e2e/support/processes/tcp-proxy";
import { formatKeyId } from "@/lib/core/keys/key-id";
import type { Change, Verification } from "./find-violations";
import { findViolations } from "./find-violations";
import { buildLocalService, LocalService } from "./local-service";
import { nowUs } from "./now-us";
import { Random } from "./random";
import { toldVerdict } from "./told-verdict";

const keysInAll = 60;
const random = new Random(Date.now());

let installation: Installation;
let directory: string;
let nodes: ServerProcess[];
let caller: TestKey;
let keys: TestKey[];

beforeAll(async () => {
  installation = await createInstallation();
  directory = temporaryDirectory("local");
  [caller, ...keys] = await installation.withDatabase(async () => {
    const organization = await createTestOrganization("Local");
    const make = () => createTestKey(organization, { accessLevel: "ADMIN" });
    const first = await createTestKey(organization);
    return [first, ...(await Promise.all(Array.from({ length: keysInAll }, make)))];
  });
  nodes = [await startServer(installation.variables)];
  // If there can be two nodes, keys are revoked on another node than the service's.
  if (testDatabaseKind() === "postgres") nodes.push(await startServer(installation.variables));
});
afterAll(async () => {
  for (const node of nodes) await node.kill();
  await installation.remove();
  rmSync(directory, { recursive: true, force: true });
});

/** The subject of each key before it is revoked. */
const subject = "cus_1";
const metadata = { plan: "pro" };
const owned = (code: string) => toldVerdict(code, subject, JSON.stringify(metadata));

async function change(check: number, kind: "revoke" | "own", verdict: string): Promise<Change> {
  const key = `${nodes.at(-1)?.url}/v1/keys/${formatKeyId(keys[check]?.id ?? "")}`;
  const headers = { Authorization: `Bearer ${caller.token}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ subject, metadata });
  const askedAt = nowUs();
  const response = await (kind === "revoke"
    ? fetch(`${key}/revoke`, { method: "POST", headers })
    : fetch(key, { method: "PATCH", headers, body }));
  const answeredAt = nowUs();
  expect(response.status).toBe(200);
  await response.text();
  return { kind, check, askedAt, answeredAt, verdict };
}

type Service = { readonly proxy: TcpProxy; readonly service: LocalService };

async function start(withLeases: boolean): Promise<Service> {
  const { port } = new URL(nodes[0]?.url ?? "");
  const proxy = await TcpProxy.start({ host: "127.0.0.1", port: Number(port) });
  const url = `http://127.0.0.1:${proxy.port}`;
  const tokens = keys.map(({ token }) => token);
  const program = await buildLocalService(directory, withLeases);
  const service = new LocalService(program, { url, key: caller.token, tokens });
  await until(service, ({ node }) => node === 1);
  return { proxy, service };
}

/** Waits until such a verification was answered. */
async function until(service: LocalService, isOne: (one: Verification) => boolean): Promise<void> {
  while (!service.verifications.some(isOne)) await sleep(20);
}

async function end({ proxy, service }: Service): Promise<void> {
  await service.kill();
  await proxy.close();
}

const faults: readonly ((service: Service) => Promise<unknown>)[] = [
  ({ proxy }) => sleep(random.between(0, 1000)).then(() => proxy.cut()),
  ({ proxy }) => sleep(random.between(0, 1000)).then(() => proxy.reset()),
  async ({ proxy }) => {
    // Receives nothing; sends nothing; neither.
    proxy.stall(random.pick([["down"], ["up"], ["up", "down"]] as const));
    await sleep(random.between(500, 3500));
    if (random.next() < 0.3) proxy.cut();
  },
  async ({ service }) => {
    service.pause();
    await sleep(random.between(500, 3500));
    service.resume();
  },
  ({ proxy }) => {
    proxy.delay(random.between(100, 1500), random.pick([["down"], ["up"]] as const));
    return sleep(3000);
  },
];

describe("[L1] [L10] a service that verifies in process", () => {
  test("never gives the old verdict after a change was answered", {
    timeout: 400_000,
  }, async () => {
    const running = await start(true);
    const { proxy, service } = running;
    try {
      let isOver = false;
      const trouble = (async () => {
        for (let count = 0; !isOver; count++) {
          // Every fault once, then random ones.
          await (faults[count] ?? random.pick(faults))(running);
          await proxy.heal();
          await sleep(random.between(300, 1500));
        }
      })();
      const changes: Change[] = [];
      for (let check = 0; check < keysInAll / 2; check++) {
        changes.push(await change(check, "own", owned("VALID")));
        await sleep(random.between(0, 150));
        changes.push(await change(check, "revoke", owned("REVOKED")));
        await sleep(random.between(0, 150));
      }
      isOver = true;
      await trouble;
      const { verifications } = service;
      // The service neither verified everything over HTTP nor stopped verifying.
      const asked = () =>
        verifications.filter(
          ({ check, startedAt }) => startedAt > (changes[2 * check + 1]?.answeredAt ?? Infinity),
        );
      await sleep(2500);
      while (asked().length <= 1000 || asked().filter(({ node }) => node === 1).length <= 500) {
        await sleep(200);
      }
      await service.stop();
      const initial = keys.map(() => "VALID");
      expect(findViolations(initial, changes, verifications)).toEqual([]);
    } finally {
      await end(running);
    }
  });

  test("without a lease check would, and is detected", async () => {
    const running = await start(false);
    const { proxy, service } = running;
    try {
      const initial = keys.map((_, index) => (index < keysInAll / 2 ? owned("REVOKED") : "VALID"));
      const changes: Change[] = [];
      const found = () => findViolations(initial, changes, service.verifications);
      // If a revocation takes so long that the service drops the connection, try another one.
      for (let check = keysInAll - 1; found().length === 0 && check >= keysInAll / 2; check--) {
        const begunAt = nowUs();
        await until(service, ({ node, startedAt }) => node === 1 && startedAt > begunAt);
        proxy.stall(["down"]);
        const made = await (check % 2 === 0
          ? change(check, "revoke", "REVOKED")
          : change(check, "own", owned("VALID")));
        changes.push(made);
        await until(service, (one) => one.check === check && one.startedAt > made.answeredAt);
        await proxy.heal();
      }
      await service.stop();
      expect(found().length).toBeGreaterThan(0);
    } finally {
      await end(running);
    }
  });
});
