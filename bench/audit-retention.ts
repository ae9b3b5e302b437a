import { monitorEventLoopDelay } from "node:perf_hooks";
import { agedChain } from "@/e2e/support/data/aged-chain";
import { createTestOrganization } from "@/e2e/support/data/test-organization";
import { database } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { cutAuditLogs } from "@/lib/services/audit/retention/cut-audit-logs";
import { withMemory, writeEntries } from "./audit";
import type { BenchContext } from "./support/bench-context";
import type { Measured } from "./support/measure";
import { quantile } from "./support/measure";

const many = 200_000;
/** A tenth of two years. */
const keptDays = 73;

/** Cuts nine tenths of an audit log of 200,000 entries while somebody keeps working in the organization. */
export async function auditRetention(context: BenchContext): Promise<Measured[]> {
  await context.world();
  const { id: name } = await createTestOrganization("Kept for a while");
  const id = name as OrganizationId;
  const now = new Date();
  const { chain, write } = agedChain(id, now);
  await chain(731);
  await writeEntries(id, many);
  await write(8, keptDays);
  await database().organization.update({
    where: { id },
    data: { auditRetentionDays: keptDays },
    select: { id: true },
  });
  const working = workOn(() => write(0));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { seconds, addedMb } = await withMemory(
    async () => void (await cutAuditLogs(now, new AbortController().signal)),
  );
  delay.disable();
  const times = await working.stop();
  const left = await database().auditEntry.count({ where: { organizationId: id } });
  const p99 = quantile(times, 0.99);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    {
      what: `cutting an audit log of ${many.toLocaleString("en")} entries to a tenth: a change in the organization meanwhile, p99`,
      ours: ms(p99),
      ...{ reference: "", ratio: null, target: "<= 100 ms", met: p99 <= 100 },
      note: [
        `${seconds.toFixed(1)} s, ${addedMb.toFixed(0)} MB more resident memory, ${left.toLocaleString("en")} entries left;`,
        `${times.length} changes meanwhile, p50 ${ms(quantile(times, 0.5))}, longest ${ms(Math.max(...times))};`,
        `the thread was held for at most ${ms(delay.max / 1e6)}, p99 ${ms(delay.percentile(99) / 1e6)}`,
      ].join(" "),
    },
  ];
}

/** Repeats the work until it is stopped, and returns the duration of each run. */
function workOn(work: () => Promise<void>): { readonly stop: () => Promise<number[]> } {
  const times: number[] = [];
  let isStopped = false;
  const done = (async () => {
    while (!isStopped) {
      const begun = performance.now();
      await work();
      times.push(performance.now() - begun);
    }
  })();
  return {
    stop: async () => {
      isStopped = true;
      await done;
      return times;
    },
  };
}
