import { log } from "@/lib/log";
import { remember } from "@/lib/remember";
import { compactUsage } from "./compact-usage";
import { markOverPrivileged } from "./mark-over-privileged";
import { rankKeys } from "./rank-keys";
import { trimCallers } from "./trim-callers";

type Work = {
  readonly what: string;
  readonly everyMs: number;
  readonly run: (now: Date, signal: AbortSignal) => Promise<void>;
};

type Upkeep = {
  timers: NodeJS.Timeout[];
  stopping: AbortController;
  readonly running: Map<Work, Promise<void>>;
  /** The work that failed last time, so an outage is logged only once. */
  readonly failing: Set<Work>;
};

const secondMs = 1000;
/** After a work the next one waits so many times its duration: it takes a twentieth of the database's time at most. */
const pauseFactor = 19;

const works: readonly Work[] = [
  { what: "ranked", everyMs: 10 * secondMs, run: rankKeys },
  { what: "trimmed", everyMs: 60 * secondMs, run: trimCallers },
  { what: "weighed", everyMs: 600 * secondMs, run: markOverPrivileged },
  { what: "compacted", everyMs: 3600 * secondMs, run: compactUsage },
];

function upkeep(): Upkeep {
  return remember<Upkeep>("latchkeyUsageUpkeep", () => ({
    timers: [],
    stopping: new AbortController(),
    running: new Map(),
    failing: new Set(),
  }));
}

/** Starts what keeps the counts in the database few and fast to read, for as long as the process runs. */
export function startUsageUpkeep(): void {
  const state = upkeep();
  if (state.timers.length > 0) return;
  state.stopping = new AbortController();
  state.timers = works.map((work) => {
    let from = 0;
    const turn = async () => {
      if (state.running.has(work) || performance.now() < from) return;
      const begun = performance.now();
      const running = attempt(state, work);
      state.running.set(work, running);
      await running;
      state.running.delete(work);
      from = performance.now() + pauseFactor * (performance.now() - begun);
    };
    return setInterval(turn, work.everyMs).unref();
  });
}

/** Stops between two statements. */
export async function stopUsageUpkeep(): Promise<void> {
  const state = upkeep();
  for (const timer of state.timers) clearInterval(timer);
  state.timers = [];
  state.stopping.abort();
  await Promise.all(state.running.values());
}

async function attempt({ failing, stopping }: Upkeep, work: Work): Promise<void> {
  try {
    await work.run(new Date(), stopping.signal);
    failing.delete(work);
  } catch (error) {
    if (!failing.has(work)) log().error(error, `usage could not be ${work.what}; trying again later`);
    failing.add(work);
  }
}
