import type { Load } from "./load";
import type { LoadJob, LoadResult } from "./load-generator";
import { median } from "./measure";
import type { NodeProcess } from "./node-process";

export type Side = { readonly server: NodeProcess; readonly job: (round: number) => LoadJob };
export type SideResult = {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** The server's CPU time per request. */
  readonly cpuMicroseconds: number;
  readonly rounds: readonly LoadResult[];
};

/**
 * Measures servers in turns, so that other load on the machine affects all of them, and returns the medians.
 *
 * @throws if a response was unexpected: the speed of wrong answers means nothing
 */
export async function sideBySide(
  load: Load,
  sides: readonly Side[],
  rounds: number,
): Promise<readonly SideResult[]> {
  const measured = sides.map(() => [] as (LoadResult & { cpuMicroseconds: number })[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { server, job }] of sides.entries()) {
      const before = server.cpuSeconds();
      const result = await load.run(job(round));
      if (result.faults > 0) throw new Error(`${result.faults} faults, such as: ${result.firstFault}`);
      const cpuMicroseconds = ((server.cpuSeconds() - before) * 1_000_000) / result.requests;
      measured[index]?.push({ ...result, cpuMicroseconds });
    }
  }
  return measured.map((results) => ({
    perSecond: median(results.map((result) => result.perSecond)),
    p99Ms: median(results.map((result) => result.p99Ms)),
    cpuMicroseconds: median(results.map((result) => result.cpuMicroseconds)),
    rounds: results,
  }));
}

export function shown({ perSecond, p99Ms, cpuMicroseconds }: SideResult): string {
  return `${Math.round(perSecond).toLocaleString("en")}/s, p99 ${p99Ms.toFixed(1)} ms, ${Math.round(cpuMicroseconds)} µs CPU`;
}
