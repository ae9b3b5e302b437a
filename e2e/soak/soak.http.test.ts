import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestKey } from "../support/data/test-key";
import { createTestOrganization } from "../support/data/test-organization";
import { createInstallation, type Installation } from "../support/database/installation";
import { type ServerProcess, startServer } from "../support/processes/server-process";
import { kinds, startHostileClients } from "./hostile-clients";
import { startNormalClient } from "./normal-client";

/** `npm run soak` sets a longer time. */
const seconds = Number(process.env.SOAK_SECONDS ?? 15);
const ofEachKind = Number(process.env.SOAK_CLIENTS ?? 3);
const isLong = seconds >= 300;
/** The number of measurements, at equal intervals. */
const samples = isLong ? 15 : 3;

let installation: Installation;
let server: ServerProcess;
let token: string;
beforeAll(async () => {
  installation = await createInstallation();
  token = await installation.withDatabase(
    async () => (await createTestKey(await createTestOrganization("Soaked"))).token,
  );
  server = await startServer({ ...installation.variables, KEEP_ALIVE_SECONDS: "5" });
});
afterAll(async () => {
  await server?.kill();
  await installation.remove();
});

type Sample = {
  readonly minute: string;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly memoryMb: number;
};

test(
  "a normal client is served as usual next to clients that trickle, hang, upgrade, pipeline and send too much",
  async () => {
    const { host, origin, port } = new URL(server.url);
    const reached = { url: `http://127.0.0.1:${port}` };
    const normal = startNormalClient(reached, token);
    const hostile = startHostileClients({ port: Number(port), host, origin }, ofEachKind);
    const taken: Sample[] = [];
    let asked = 0;
    try {
      for (let sample = 1; sample <= samples; sample++) {
        await sleep((seconds * 1000) / samples);
        const { count, medianMs, p99Ms } = normal.figures();
        asked += count;
        const minute = ((sample * seconds) / samples / 60).toFixed(1);
        taken.push({ minute, medianMs, p99Ms, memoryMb: memoryMb() });
      }
    } finally {
      await normal.end();
      await hostile.end();
    }
    asked += normal.figures().count;
    expect(asked).toBeGreaterThan(0);
    if (isLong) report(taken, hostile.counts);
    expect(normal.faults).toEqual([]);
    // Every kind of hostile client opened connections.
    for (const kind of Object.keys(kinds)) expect(hostile.counts.get(kind)?.opened, kind).toBeGreaterThan(0);
    for (const kind of ["a tunnel", "half open", "huge", "a body a byte at a time where none is read"])
      expect(hostile.counts.get(kind)?.closedByServer, kind).toBeGreaterThan(0);
    expect(server.output()).not.toMatch(/ {4}at |"level":(?:50|60)/);
    expect(await server.stop()).toBe(0);
  },
  (seconds + 240) * 1000,
);

function memoryMb(): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

function report(taken: readonly Sample[], counts: ReturnType<typeof startHostileClients>["counts"]): void {
  const rows = taken.map(({ minute, medianMs, p99Ms, memoryMb }) =>
    [minute, medianMs.toFixed(1), p99Ms.toFixed(1), memoryMb.toFixed(0)]
      .map((text) => text.padStart(11))
      .join(""),
  );
  const connections = [...counts].map(
    ([kind, { opened, closedByServer }]) =>
      `${kind}: ${opened} connections, ${closedByServer} closed by the server`,
  );
  const title = ["minutes", "median ms", "p99 ms", "memory MB"].map((text) => text.padStart(11)).join("");
  process.stdout.write(`${[title, ...rows, "", ...connections].join("\n")}\n`);
}
