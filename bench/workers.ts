import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import { median } from "./support/measure";
import { familyCpuSeconds } from "./support/node-process";

const rounds = 5;
const milliseconds = 3_000;
const keys = 1_000;

/**
 * The cost of WORKERS: CPU time of all processes per cached verification, compared to a single process. Two workers
 * need more cores than the load generator may leave on this machine, so their rate says little here.
 */
export async function workers(context: BenchContext): Promise<Measured[]> {
  const world = await context.world();
  const bodies = (await world.addKeys(keys)).map((key) => JSON.stringify({ key }));
  const load = await context.load();
  const run = async (count: number) => {
    const variables = { ...world.variables, WORKERS: String(count) };
    const node = await context.start(["dist/api-server.mjs"], variables, "/readyz");
    const job = {
      ...{ port: node.port, path: "/v1/keys/verify", headers: { Authorization: `Bearer ${world.caller}` } },
      ...{ bodies, order: "random" as const, connections: 32, milliseconds, expect: '"valid":true' },
    };
    // After this, every worker has cached every key.
    await load.run(job);
    const microseconds: number[] = [];
    const perSecond: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const before = familyCpuSeconds(node.pid);
      const result = await load.run(job);
      microseconds.push(((familyCpuSeconds(node.pid) - before) / result.requests) * 1_000_000);
      perSecond.push(result.perSecond);
    }
    const residentMb = node.residentMb();
    await node.stop();
    return { microseconds: median(microseconds), perSecond: median(perSecond), residentMb };
  };
  const one = await run(1);
  const two = await run(2);
  const shown = ({ microseconds, perSecond }: typeof one) =>
    `${microseconds.toFixed(1)} µs of CPU time, ${Math.round(perSecond).toLocaleString("en")}/s`;
  return [
    {
      what: `verify over HTTP, ${keys.toLocaleString("en")} keys, 2 workers; one process`,
      ours: shown(two),
      reference: shown(one),
      ratio: one.microseconds / two.microseconds,
      target: "",
      met: null,
      note: `The process that accepts the connections held ${Math.round(two.residentMb)} MB.`,
      details: { one, two },
    },
  ];
}
