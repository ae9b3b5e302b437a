import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Installation } from "@/e2e/support/installation";
import { createInstallation, temporaryDirectory, testDatabaseKind } from "@/e2e/support/installation";
import type { ServerProcess } from "@/e2e/support/server-process";
import { startServer } from "@/e2e/support/server-process";
import { TcpProxy } from "@/e2e/support/tcp-proxy";
import type { TestKey } from "@/e2e/support/test-key";
import { createTestKey } from "@/e2e/support/test-key";
import { createTestOrganization } from "@/e2e/support/test-organization";
import { formatKeyId } from "@/lib/core/key-id";
import type { Change } from "./find-violations";
import { findViolations } from "./find-violations";
import { buildLocalService, LocalService } from "./local-service";
import { nowUs } from "./now-us";
import { Random } from "./random";

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
  // Where there can be two, keys are revoked at another node than the one that the service is connected to.
  if (testDatabaseKind() === "postgres") nodes.push(await startServer(installation.variables));
});
afterAll(async () => {
  for (const node of nodes) await node.kill();
  await installation.remove();
  rmSync(directory, { recursive: true, force: true });
});

async function revoke(check: number): Promise<Change> {
  const askedAt = nowUs();
  const response = await fetch(`${nodes.at(-1)?.url}/v1/keys/${formatKeyId(keys[check]?.id ?? "")}/revoke`, {
    method: "POST",
    headers: { Authorization: `Bearer ${caller.token}` },
  });
  const answeredAt = nowUs();
  expect(response.status).toBe(200);
  await response.text();
  return { kind: "revoke", check, askedAt, answeredAt, verdict: "REVOKED" };
}

type Service = { readonly proxy: TcpProxy; readonly service: LocalService };

async function start(withLeases: boolean): Promise<Service> {
  const { port } = new URL(nodes[0]?.url ?? "");
  const proxy = await TcpProxy.start({ host: "127.0.0.1", port: Number(port) });
  const url = `http://127.0.0.1:${proxy.port}`;
  const tokens = keys.map(({ token }) => token);
  const program = await buildLocalService(directory, withLeases);
  const service = new LocalService(program, { url, key: caller.token, tokens });
  while (!service.verifications.some(({ node }) => node === 1)) await sleep(20);
  return { proxy, service };
}

async function end({ proxy, service }: Service): Promise<void> {
  await service.kill();
  await proxy.close();
}

const faults: readonly ((service: Service) => Promise<unknown>)[] = [
  ({ proxy }) => sleep(random.between(0, 1000)).then(() => proxy.cut()),
  ({ proxy }) => sleep(random.between(0, 1000)).then(() => proxy.reset()),
  async ({ proxy }) => {
    // Hears nothing, and is heard; is not heard, and hears; neither.
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
  test("never gives the old verdict to who asks after a revocation was answered", {
    timeout: 180_000,
  }, async () => {
    const running = await start(true);
    const { proxy, service } = running;
    try {
      let isOver = false;
      const trouble = (async () => {
        for (let count = 0; !isOver; count++) {
          // Each once at least, then any.
          await (faults[count] ?? random.pick(faults))(running);
          await proxy.heal();
          await sleep(random.between(300, 1500));
        }
      })();
      const changes: Change[] = [];
      for (let check = 0; check < keysInAll / 2; check++) {
        changes.push(await revoke(check));
        await sleep(random.between(0, 300));
      }
      isOver = true;
      await trouble;
      await sleep(2500);
      await service.stop();
      const { verifications } = service;
      const initial = keys.map(() => "VALID");
      expect(findViolations(initial, changes, verifications)).toEqual([]);
      // And it was not by asking each time, or by never being asked.
      const after = verifications.filter(({ startedAt, check }) => {
        const change = changes[check];
        return change !== undefined && startedAt > change.answeredAt;
      });
      expect(after.length).toBeGreaterThan(1000);
      expect(after.filter(({ node }) => node === 1).length).toBeGreaterThan(500);
    } finally {
      await end(running);
    }
  });

  test("that did not look at its lease would, and is found out", { timeout: 60_000 }, async () => {
    const running = await start(false);
    try {
      const check = keysInAll - 1;
      running.proxy.stall(["down"]);
      const changes = [await revoke(check)];
      await sleep(1000);
      running.proxy.cut();
      await running.service.stop();
      const initial = keys.map((_, index) => (index < keysInAll / 2 ? "REVOKED" : "VALID"));
      const found = findViolations(initial, changes, running.service.verifications);
      expect(found.length).toBeGreaterThan(0);
    } finally {
      await end(running);
    }
  });
});
