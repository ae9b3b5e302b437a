import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { parseToken } from "@/lib/token/format";
import type { Use } from "@/lib/verify/usage/usage-recorder";
import { recordUse, startUsageRecorder, stopUsageRecorder } from "@/lib/verify/usage/usage-recorder";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";

const callsPerSecond = 20_000;
const seconds = 20;
const turnMs = 10;

/**
 * The cost of counting 20,000 calls a second on 100,000 random keys, the worst case: hardly any key appears twice
 * between two writes. Runs in this process, with nothing else to do.
 */
export async function usage(context: BenchContext): Promise<Measured[]> {
  const tokens = await context.tokens();
  const { postgresCpuSeconds } = await context.world();
  const rows = await database().apiKeySecret.findMany({
    select: { organizationId: true, keyId: true, id: true },
  });
  const secrets = new Map(rows.map((row) => [row.keyId, row]));
  const keys = tokens.map((token) => {
    const keyId = parseToken(token)?.keyId ?? "";
    const { organizationId = "", id: secretId = "" } = secrets.get(keyId) ?? {};
    return { organizationId, keyId, secretId };
  });

  const by = { address: "203.0.113.7", client: "bench/1", demanded: ["workspaces:read"] };
  startUsageRecorder();
  const cpu = process.cpuUsage();
  const ofPostgres = postgresCpuSeconds();
  const begun = performance.now();
  let sent = 0;
  let recordMicroseconds = 0;
  let loopMicroseconds = 0;
  /** CPU time instead of wall time, because other processes run too. */
  const turn = (calls: number, record: (use: Use) => void): number => {
    const before = process.cpuUsage();
    const at = new Date();
    for (let call = 0; call < calls; call++) {
      const key = keys[Math.floor(Math.random() * keys.length)];
      if (key !== undefined) record({ ...key, ...by, at });
    }
    return sumOf(process.cpuUsage(before));
  };
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.ceil(((performance.now() - begun) / 1000) * callsPerSecond) - sent;
    recordMicroseconds += turn(due, recordUse);
    loopMicroseconds += turn(due, keep);
    sent += due;
    await sleep(turnMs);
  }
  const elapsed = (performance.now() - begun) / 1000;
  const cores = sumOf(process.cpuUsage(cpu)) / 1_000_000 / elapsed;
  const postgresCores = (postgresCpuSeconds() - ofPostgres) / elapsed;
  await stopUsageRecorder();
  const { _sum } = await database().apiKeyUsageHour.aggregate({
    where: { keyId: { in: keys.slice(0, 1000).map(({ keyId }) => keyId) } },
    _sum: { calls: true },
  });
  const left = await database().usageBatch.count();
  if (left > 0 || (_sum.calls ?? 0) === 0) throw new Error(`${left} batches were not added to the keys`);
  const perCall = (recordMicroseconds - loopMicroseconds) / sent;
  return [
    {
      what: `usage of ${callsPerSecond.toLocaleString("en")} calls/s on 100,000 keys at random`,
      ours: `${perCall.toFixed(2)} µs a call; ${cores.toFixed(2)} cores of the node, ${postgresCores.toFixed(2)} of PostgreSQL`,
      reference: "",
      ratio: null,
      target: "<= 2 µs a call",
      met: perCall <= 2,
      note: `Making the calls takes another ${(loopMicroseconds / sent).toFixed(2)} µs each, most of it for reading a key that is in no processor cache.`,
    },
  ];
}

const kept: Use[] = [];

/** Replaces counting, to measure the cost of the loop alone. */
function keep(use: Use): void {
  kept[0] = use;
}

function sumOf({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
