import { setImmediate as breathe } from "node:timers/promises";
import type { Permission } from "@/lib/core/access/permission";
import type { CallOutcome, UsageOutcome } from "@/lib/core/keys/usage-outcome";
import { runPrepared } from "@/lib/db/client";
import { showGauge } from "@/lib/metrics/counts";
import { remember } from "@/lib/remember";
import { RepeatedWork } from "../repeated-work";
import { foldUsage } from "./fold-usage";
import type { CountedUse, Room } from "./key-use";
import { KeyUse } from "./key-use";
import { boundedClient } from "./presentable-client";
import type { UsageBatch } from "./usage-batch";
import { UsageText } from "./usage-batch";

/** A call that presented one of a key's secrets. */
export type Use = {
  /** The key's organization. */
  readonly organizationId: string;
  /** 16 characters, without `key_`. */
  readonly keyId: string;
  readonly secretId: string;
  readonly at: Date;
  readonly address: string | null;
  /** The User-Agent as sent. */
  readonly client: string | null;
  /** VALID by default. */
  readonly outcome?: UsageOutcome;
  /** The permissions that a valid call demanded, all of which the key has. */
  readonly demanded?: readonly Permission[] | undefined;
  /** The number of calls; 1 by default. If there were several, the other fields are those of the last one. */
  readonly calls?: number;
};

const writeEveryMs = 500;
/** How many keys are turned into text per turn of the event loop, and written per statement. */
const keysAtOnce = 50;
const keysWrittenAtOnce = 1000;
/** About 20 MB. Further keys go uncounted until the database accepts these. */
const maximumKeys = 100_000;
/** Callers and outcomes besides the first of each key: about 10 MB. */
const maximumTallies = 50_000;
/** About 3 MB: more keys than one node uses within half a second. */
const maximumSpare = 20_000;
/** The pause after each fold limits a node to a tenth of the database's time, unless the pause reaches the maximum. */
const pauseFactor = 9;
const pauseMaximumMs = 60_000;

class Recorder {
  pending = new Map<string, KeyUse>();
  /** The calls of each organization: a use of no secret, from nowhere. */
  organizations = new Map<string, KeyUse>();
  room: Room = { left: maximumTallies };
  /** Written objects to reuse: discarding them would cost more in garbage collection than keeping them. */
  readonly spare: KeyUse[] = [];
  /** Batches that are being written, or whose write failed; those are sent again unchanged. */
  unwritten: UsageBatch[][] = [];
  /** Whether batches may be waiting to be added to their keys, including batches of an earlier process. */
  unfolded = true;
  readonly writing = new RepeatedWork({
    ...{ what: "usage could not be written and is kept", everyMs: writeEveryMs },
    run: () => write(this).finally(() => this.folding.runIfDue()),
  });
  readonly folding = new RepeatedWork({
    ...{ what: "usage could not be added to the keys", everyMs: writeEveryMs, pauseFactor, pauseMaximumMs },
    run: () => fold(this),
  });
}

function recorder(): Recorder {
  return remember("latchkeyUsage", () => new Recorder());
}

/** Counts a call in memory. It runs no query and never fails. */
export function recordUse(use: Use): void {
  const state = recorder();
  const at = use.at.getTime();
  const outcome = use.outcome ?? "VALID";
  add(state, use.organizationId, at, outcome, use.calls);
  const client = boundedClient(use.client);
  const counted = client === use.client ? use : { ...use, client };
  entryOf(state.pending, use.keyId, state)?.add(at, outcome, counted, state.room);
}

/** Counts a verification of a token that belongs to no key of the asking key's organization. */
export function recordStranger(
  organizationId: string,
  at: Date,
  outcome: Exclude<CallOutcome, UsageOutcome>,
): void {
  add(recorder(), organizationId, at.getTime(), outcome);
}

const oneCall: CountedUse = { secretId: "", address: null, client: null };

function add(state: Recorder, organizationId: string, at: number, outcome: CallOutcome, calls = 1): void {
  const use = calls === 1 ? oneCall : { ...oneCall, calls };
  entryOf(state.organizations, organizationId, state)?.add(at, outcome, use, state.room);
}

function entryOf(uses: Map<string, KeyUse>, id: string, { spare }: Recorder): KeyUse | undefined {
  const known = uses.get(id);
  if (known !== undefined || uses.size >= maximumKeys) return known;
  const entry = (spare.pop() ?? new KeyUse()).emptied();
  uses.set(id, entry);
  return entry;
}

/**
 * Starts writing the counts to the database every half second. Including the time of a write, a crash loses a second of
 * counts at most; a clean stop loses none.
 */
export function startUsageRecorder(): void {
  showGauge({
    name: "latchkey_usage_pending_keys",
    help: "Keys with usage counts that are not written yet.",
    read: () => recorder().pending.size,
  });
  recorder().writing.start();
}

/** Stops after a last write. Call it while the database is still open. */
export async function stopUsageRecorder(): Promise<void> {
  const { writing, folding } = recorder();
  await Promise.all([writing.stop(), folding.stop()]);
  await flushUsage();
}

/**
 * Writes everything counted so far and adds it to the keys. Never rejects: whatever cannot be written is kept for the
 * next time.
 */
export async function flushUsage(): Promise<void> {
  const state = recorder();
  await state.writing.runNow();
  state.unfolded = true;
  await state.folding.runNow();
}

async function write(state: Recorder): Promise<void> {
  // While earlier batches wait for the database, new counts stay in memory.
  if (state.unwritten.length === 0) state.unwritten = await takePending(state);
  for (let next = state.unwritten[0]; next !== undefined; next = state.unwritten[0]) {
    await writeUsage(next);
    state.unwritten.shift();
    state.unfolded = true;
  }
}

/** Yields after every few keys, since verifications must not wait for a hundred thousand of them. */
async function takePending(state: Recorder): Promise<UsageBatch[][]> {
  const { pending, organizations } = state;
  state.pending = new Map();
  state.room = { left: maximumTallies };
  state.organizations = new Map();
  const batches: UsageBatch[][] = [];
  let text = new UsageText();
  let count = 0;
  for (const uses of [pending, organizations]) {
    for (const [id, use] of uses) {
      if (uses === organizations) text.addOrganization(id, use);
      else text.add(id, use);
      if (state.spare.length < maximumSpare) state.spare.push(use);
      count++;
      if (count % keysWrittenAtOnce === 0) {
        batches.push(text.batches());
        text = new UsageText();
      }
      if (count % keysAtOnce === 0) await breathe();
    }
  }
  if (count % keysWrittenAtOnce !== 0) batches.push(text.batches());
  return batches;
}

async function fold(state: Recorder): Promise<void> {
  if (!state.unfolded) return;
  state.unfolded = false;
  try {
    await foldUsage();
  } catch (error) {
    state.unfolded = true;
    throw error;
  }
}

/**
 * Writes all of the batches or none. Batches are never changed: a node that got no confirmation sends the same ones
 * again, and nothing is counted twice.
 */
export async function writeUsage(batches: readonly UsageBatch[]): Promise<void> {
  const rows = batches.map(
    ({ id, part, calls, demands }) => `{"id":"${id}","part":${part},"calls":${calls},"demands":${demands}}`,
  );
  await runPrepared({
    name: "latchkey_write_usage",
    text: `INSERT INTO usage_batches (id, part, calls, demands)
      SELECT b.id, b.part, b.calls, b.demands
      FROM jsonb_to_recordset($1::jsonb) AS b(id uuid, part smallint, calls jsonb, demands jsonb)
      ON CONFLICT (id) DO NOTHING`,
    values: [`[${rows.join()}]`],
  });
}
