import { setTimeout as sleep } from "node:timers/promises";
import { database } from "@/lib/db/client";
import { parseToken } from "@/lib/token/format";
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
  const rows = await database().apiKeySecret.findMany({ select: { keyId: true, id: true } });
  const secrets = new Map(rows.map(({ keyId, id }) => [keyId, id]));
  const keys = tokens.map((token) => {
    const keyId = parseToken(token)?.keyId ?? "";
    return { keyId, secretId: secrets.get(keyId) ?? "" };
  });

  startUsageRecorder();
  const cpu = process.cpuUsage();
  const ofPostgres = postgresCpuSeconds();
  const begun = performance.now();
  let sent = 0;
  let recordMicroseconds = 0;
  while (performance.now() - begun < seconds * 1000) {
    const due = ((performance.now() - begun) / 1000) * callsPerSecond;
    // CPU time instead of wall time, because other processes run too.
    const turn = process.cpuUsage();
    const at = new Date();
    for (; sent < due; sent++) {
      const key = keys[Math.floor(Math.random() * keys.length)];
      if (key !== undefined) recordUse({ ...key, at, address: "203.0.113.7", client: "bench/1" });
    }
    recordMicroseconds += sumOf(process.cpuUsage(turn));
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
  return [
    {
      what: `usage of ${callsPerSecond.toLocaleString("en")} calls/s on 100,000 keys at random`,
      ours: `${(recordMicroseconds / sent).toFixed(2)} µs a call; ${cores.toFixed(2)} cores of the node, ${postgresCores.toFixed(2)} of PostgreSQL`,
      reference: "",
      ratio: null,
      target: "",
      met: null,
    },
  ];
}

function sumOf({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
