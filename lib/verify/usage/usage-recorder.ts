import { setImmediate as breathe } from "node:timers/promises";
import type { UsageOutcome } from "@/lib/core/keys/usage-outcome";
import { log } from "@/lib/log";
import { showGauge } from "@/lib/metrics/counts";
import { remember } from "@/lib/remember";
import { compactUsage } from "./compact-usage";
import { foldUsage } from "./fold-usage";
import { KeyUse } from "./key-use";
import type { UsageBatch } from "./usage-batch";
import { UsageText } from "./usage-batch";
import { writeUsage } from "./write-usage";

/** One call with a right secret of a key. */
export type Use = {
  /** 16 characters, without `key_`. */
  readonly keyId: string;
  readonly secretId: string;
  readonly at: Date;
  readonly address: string | null;
  /** The User-Agent as it was sent. */
  readonly client: string | null;
  /** What came of it; VALID unless it is said. */
  readonly outcome?: UsageOutcome;
  /** How many calls it was; one unless it is said. Of several, the rest is about the last. */
  readonly calls?: number;
};

type Work = "written" | "added to the keys" | "compacted";

type Recorder = {
  pending: Map<string, KeyUse>;
  /** What was written and can serve again: to throw it away would cost the collector more than it holds. */
  readonly spare: KeyUse[];
  /** On their way to the database, or tried in vain: sent again as they are. */
  unwritten: UsageBatch[][];
  timers: NodeJS.Timeout[];
  stopping: AbortController;
  writing: Promise<void> | undefined;
  folding: Promise<void> | undefined;
  compacting: Promise<void> | undefined;
  /** Something may be written that was not added to the keys yet, by a process before this one too. */
  unfolded: boolean;
  /** Of the monotonic clock: not before then. */
  foldFrom: number;
  /** What failed when it was last tried: an outage is logged once, not every time. */
  readonly failing: Set<Work>;
};

const writeEveryMs = 500;
/** What is made into text between two turns of the event loop, and what one statement writes. */
const keysAtOnce = 50;
const keysWrittenAtOnce = 1000;
/** About 20 MB. Further keys go uncounted until the database takes what is here. */
const maximumKeys = 100_000;
/** About 3 MB: more keys than are in use within half a second on one node. */
const maximumSpare = 20_000;
/** Adding counts to their keys takes at most a tenth of the database's time for a node, and waits no longer than this. */
const foldPauseFactor = 9;
const foldPauseMaximumMs = 60_000;
const compactEveryMs = 60 * 60 * 1000;

function recorder(): Recorder {
  return remember<Recorder>("latchkeyUsage", () => ({
    pending: new Map(),
    spare: [],
    unwritten: [],
    timers: [],
    stopping: new AbortController(),
    writing: undefined,
    folding: undefined,
    compacting: undefined,
    unfolded: true,
    foldFrom: 0,
    failing: new Set(),
  }));
}

/** Counts one call in memory. Costs no query and never fails. */
export function recordUse(use: Use): void {
  const { pending, spare } = recorder();
  const at = use.at.getTime();
  const outcome = use.outcome ?? "VALID";
  let entry = pending.get(use.keyId);
  if (entry === undefined) {
    if (pending.size >= maximumKeys) return;
    entry = (spare.pop() ?? new KeyUse()).begin(at, outcome);
    pending.set(use.keyId, entry);
  }
  entry.add(at, outcome, use);
}

/**
 * Begins to write what is counted to the database, every half second. With the time that a write takes, a
 * crash therefore loses a second of counts at most; a stop loses none.
 */
export function startUsageRecorder(): void {
  const state = recorder();
  if (state.timers.length > 0) return;
  state.stopping = new AbortController();
  showGauge({
    name: "latchkey_usage_pending_keys",
    help: "Keys with counts of use that are not written yet.",
    read: () => recorder().pending.size,
  });
  const tick = async () => {
    if (state.writing === undefined) await written(state);
    if (state.unfolded && performance.now() >= state.foldFrom) await folded(state);
  };
  const compact = () => {
    const { signal } = state.stopping;
    state.compacting ??= attempt(state, "compacted", () => compactUsage(new Date(), signal)).finally(() => {
      state.compacting = undefined;
    });
  };
  state.timers = [setInterval(tick, writeEveryMs), setInterval(compact, compactEveryMs)];
  for (const timer of state.timers) timer.unref();
}

/** Ends the writing, after a last one. Call it while the database is still open. */
export async function stopUsageRecorder(): Promise<void> {
  const state = recorder();
  for (const timer of state.timers) clearInterval(timer);
  state.timers = [];
  state.stopping.abort();
  await state.compacting;
  await flushUsage();
}

/**
 * Writes what was counted until now and adds it to the keys. Never rejects: what could not be written waits
 * for the next time.
 */
export async function flushUsage(): Promise<void> {
  const state = recorder();
  // What is under way may have begun before the last call was counted.
  await state.writing;
  await written(state);
  await state.folding;
  await folded(state);
}

/** One at a time: whoever comes meanwhile waits for the one under way. */
function written(state: Recorder): Promise<void> {
  state.writing ??= attempt(state, "written", () => write(state)).finally(() => {
    state.writing = undefined;
  });
  return state.writing;
}

function folded(state: Recorder): Promise<void> {
  state.folding ??= attempt(state, "added to the keys", () => fold(state)).finally(() => {
    state.folding = undefined;
  });
  return state.folding;
}

async function attempt({ failing }: Recorder, what: Work, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    failing.delete(what);
  } catch (error) {
    if (!failing.has(what)) log().error(error, `usage could not be ${what}; it is kept and tried again`);
    failing.add(what);
  }
}

async function write(state: Recorder): Promise<void> {
  // While old counts wait for the database, new ones are added up where they are.
  if (state.unwritten.length === 0) state.unwritten = await takePending(state);
  for (let next = state.unwritten[0]; next !== undefined; next = state.unwritten[0]) {
    await writeUsage(next);
    state.unwritten.shift();
    state.unfolded = true;
  }
}

/** A few keys at a time: verifications in between must not wait for a hundred thousand. */
async function takePending(state: Recorder): Promise<UsageBatch[][]> {
  const taken = state.pending;
  state.pending = new Map();
  const batches: UsageBatch[][] = [];
  let text = new UsageText();
  let count = 0;
  for (const [keyId, use] of taken) {
    text.add(keyId, use);
    if (state.spare.length < maximumSpare) state.spare.push(use);
    count++;
    if (count % keysWrittenAtOnce === 0) {
      batches.push(text.batches());
      text = new UsageText();
    }
    if (count % keysAtOnce === 0) await breathe();
  }
  if (count % keysWrittenAtOnce !== 0) batches.push(text.batches());
  return batches;
}

async function fold(state: Recorder): Promise<void> {
  state.unfolded = false;
  const begun = performance.now();
  try {
    await foldUsage();
  } catch (error) {
    state.unfolded = true;
    throw error;
  } finally {
    const pause = foldPauseFactor * (performance.now() - begun);
    state.foldFrom = performance.now() + Math.min(pause, foldPauseMaximumMs);
  }
}
