import { log } from "@/lib/log";
import type { KeyUse } from "./key-use";
import { addKeyUse, mergeKeyUse, newKeyUse } from "./key-use";
import { writeUsage } from "./write-usage";

/** One call with a key that was good. */
export type Use = {
  /** 16 characters, without `key_`. */
  readonly keyId: string;
  readonly secretId: string;
  readonly at: Date;
  readonly address: string | null;
  /** The User-Agent as it was sent. */
  readonly client: string | null;
};

type Recorder = {
  pending: Map<string, KeyUse>;
  timer: NodeJS.Timeout | undefined;
  flushing: Promise<void> | undefined;
  /** The last write failed; an outage is logged once, not every second. */
  failing: boolean;
};

const flushEveryMs = 1000;
const keysPerBatch = 500;
/** About 50 MB. Further keys go uncounted until the database takes what is here. */
const maximumKeys = 100_000;

/** Next bundles its own copies of modules; the counts are one. */
const holder = globalThis as { latchkeyUsage?: Recorder };

function recorder(): Recorder {
  holder.latchkeyUsage ??= { pending: new Map(), timer: undefined, flushing: undefined, failing: false };
  return holder.latchkeyUsage;
}

/** Counts one use in memory. Costs no query and never fails. */
export function recordUse(use: Use): void {
  const { pending } = recorder();
  let entry = pending.get(use.keyId);
  if (entry === undefined) {
    if (pending.size >= maximumKeys) return;
    entry = newKeyUse();
    pending.set(use.keyId, entry);
  }
  addKeyUse(entry, use);
}

/**
 * Begins to write what is counted to the database every second. A crash therefore loses a second of
 * counts at most; a stop loses none.
 */
export function startUsageRecorder(): void {
  const state = recorder();
  if (state.timer !== undefined) return;
  state.timer = setInterval(() => {
    if (state.flushing === undefined) void flushUsage();
  }, flushEveryMs);
  state.timer.unref();
}

/** Ends the writing every second, after a last one. Call it while the database is still open. */
export async function stopUsageRecorder(): Promise<void> {
  const state = recorder();
  clearInterval(state.timer);
  state.timer = undefined;
  await flushUsage();
}

/** Writes what was counted until now. Never rejects: what could not be written waits for the next time. */
export async function flushUsage(): Promise<void> {
  const state = recorder();
  while (state.flushing !== undefined) await state.flushing;
  if (state.pending.size === 0) return;
  state.flushing = flush(state).finally(() => {
    state.flushing = undefined;
  });
  await state.flushing;
}

async function flush(state: Recorder): Promise<void> {
  const entries = [...state.pending].sort(([a], [b]) => (a < b ? -1 : 1));
  state.pending = new Map();
  for (let start = 0; start < entries.length; start += keysPerBatch) {
    const batch = entries.slice(start, start + keysPerBatch);
    try {
      await writeUsage(batch);
      state.failing = false;
    } catch (error) {
      keepForNextTime(state, batch);
      if (!state.failing) log().error(error, "usage could not be written; it is kept and tried again");
      state.failing = true;
    }
  }
}

function keepForNextTime(state: Recorder, batch: readonly (readonly [string, KeyUse])[]): void {
  for (const [keyId, unwritten] of batch) {
    const newer = state.pending.get(keyId);
    if (newer !== undefined) mergeKeyUse(newer, unwritten);
    else if (state.pending.size < maximumKeys) state.pending.set(keyId, unwritten);
  }
}
