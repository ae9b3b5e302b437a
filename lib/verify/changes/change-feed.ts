import { randomUUID } from "node:crypto";
import { leaseMs } from "@/lib/db/awaited-nodes";
import { listen, runPrepared } from "@/lib/db/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { remember } from "@/lib/remember";
import { parseAnnouncement } from "./announced-change";
import type { VerdictChange } from "./read-changes";
import { readChanges } from "./read-changes";

/**
 * Hears every change before this node acknowledges it: after the acknowledgement whoever made the change is
 * answered, and nothing may be judged by what was before. What it does at once is done before this node
 * trusts its memory again; for what it promises the acknowledgement waits, not the node's own lease.
 *
 * @param changes `everything`: some were missed, forget all
 */
export type ChangeListener = (changes: readonly VerdictChange[] | "everything") => void | Promise<void>;

type Turn = (state: Feed) => Promise<void>;

type Feed = {
  readonly listeners: Set<ChangeListener>;
  /** Null while the feed does not run. */
  nodeId: string | null;
  /** The newest change that the listeners have heard of; null before the first reading. */
  applied: bigint | null;
  /** The newest change for which all listeners have kept their promises. */
  kept: bigint;
  /** When they have for all that was applied. */
  keeping: Promise<void>;
  acknowledging: Promise<void> | undefined;
  /** Until when memory may be trusted: on the clock that never goes back, and on the wall's. */
  trust: { readonly monotonic: number; readonly wall: number };
  /** What runs, one after the other. */
  turns: Promise<void>;
  /** What waits for its turn: in an outage a turn takes longer than the time to the next, and they do not pile up. */
  readonly queued: Set<Turn>;
  isFailing: boolean;
  timers: NodeJS.Timeout[];
  unlisten: () => Promise<void>;
};

const renewEveryMs = 500;
/** For clocks that do not run alike; this machine's and the database's are compared over two seconds only. */
const marginMs = 300;
const sweepEveryMs = 10 * 60 * 1000;
const noTrust = { monotonic: 0, wall: 0 };

/** A process is one node. */
const held = remember<Feed>("latchkeyChangeFeed", () => ({
  listeners: new Set(),
  nodeId: null,
  applied: null,
  kept: 0n,
  keeping: Promise.resolve(),
  acknowledging: undefined,
  trust: noTrust,
  turns: Promise.resolve(),
  queued: new Set(),
  isFailing: false,
  timers: [],
  unlisten: async () => {},
}));

/** @returns ends the listening */
export function onVerdictChanges(listener: ChangeListener): () => void {
  held.listeners.add(listener);
  return () => held.listeners.delete(listener);
}

/**
 * May this node answer from what it remembers, at this moment? Asked at each verification: it holds as long
 * as the lease that was granted to the last renewal, counted from when that was sent. A machine that slept
 * finds its wall clock ahead.
 */
export function isMemoryTrusted(): boolean {
  const { trust } = held;
  return performance.now() < trust.monotonic && Date.now() < trust.wall;
}

/** The moment on performance.now() at which memory is trusted no more; 0 when it is not. */
export function trustEndsAt(): number {
  return isMemoryTrusted() ? held.trust.monotonic : 0;
}

/**
 * Begins to hear of changes, and to hold a lease. The process's database must be open. When the database
 * cannot be asked it is tried again, and memory is not trusted until then.
 *
 * Leases as in Gray and Cheriton, "Leases: An Efficient Fault-Tolerant Mechanism for Distributed File Cache
 * Consistency" (1989); the protocol is in docs/decisions/020.
 */
export async function startChangeFeed(): Promise<void> {
  const state = held;
  if (state.nodeId !== null) throw new Error("The change feed runs already");
  state.nodeId = randomUUID();
  state.applied = null;
  // What was queued when it stopped never began.
  state.queued.clear();
  // Only makes it faster: every renewal reads what is new.
  state.unlisten = await listen("latchkey_verdict_changes", (said) => hear(state, said));
  await queue(state, () => renew(state));
  state.timers = [
    setInterval(() => queueOnce(state, renew), renewEveryMs),
    setInterval(() => void sweep(), sweepEveryMs),
  ];
  for (const timer of state.timers) timer.unref();
}

/** Trusts memory no more and gives the lease back, so that nobody waits for it. Call it while the database is open. */
export async function stopChangeFeed(): Promise<void> {
  const state = held;
  const { nodeId } = state;
  if (nodeId === null) return;
  state.nodeId = null;
  state.trust = noTrust;
  for (const timer of state.timers) clearInterval(timer);
  await state.unlisten();
  await state.turns;
  await state.keeping;
  await state.acknowledging;
  await runPrepared({
    name: "latchkey_end_lease",
    text: "DELETE FROM nodes WHERE id = $1",
    values: [nodeId],
  }).catch((error: unknown) => log().warn(error, "the lease could not be given back; it runs out by itself"));
}

function queue(state: Feed, turn: () => Promise<void>): Promise<void> {
  state.turns = state.turns.then(async () => {
    if (state.nodeId === null) return;
    try {
      await turn();
      if (state.isFailing) log().info("the lease is renewed again");
      state.isFailing = false;
    } catch (error) {
      if (!state.isFailing)
        log().error(error, "changes could not be read; memory is not trusted until they are");
      state.isFailing = true;
    }
  });
  return state.turns;
}

/** Of what waits for its turn once is enough: it finds all that came meanwhile. */
function queueOnce(state: Feed, turn: Turn): void {
  if (state.queued.has(turn)) return;
  state.queued.add(turn);
  void queue(state, () => {
    state.queued.delete(turn);
    return turn(state);
  });
}

/**
 * First the lease, then the changes, then the trust. Whoever found the lease out and went on has committed
 * before this lease was granted, so the reading that begins after it finds that change.
 */
async function renew(state: Feed): Promise<void> {
  const sentAt = { monotonic: performance.now(), wall: Date.now() };
  await runPrepared({
    name: "latchkey_renew_lease",
    // The embedded database dies with its only node: no lease has to outlive a crash, and no disk to be woken.
    text: `WITH lazy AS (SELECT set_config('synchronous_commit', $4, true))
      INSERT INTO nodes (id, lease_until, acknowledged)
      SELECT $1::uuid, clock_timestamp() + $2::int * interval '1 ms', $3::bigint FROM lazy
      ON CONFLICT (id) DO UPDATE SET lease_until = excluded.lease_until,
        acknowledged = greatest(nodes.acknowledged, excluded.acknowledged)`,
    values: [state.nodeId, leaseMs, String(state.kept), env().databaseUrl === undefined ? "off" : "on"],
  });
  await read(state);
  const lastsMs = leaseMs - marginMs;
  if (state.nodeId === null) return;
  state.trust = { monotonic: sentAt.monotonic + lastsMs, wall: sentAt.wall + lastsMs };
}

async function read(state: Feed): Promise<void> {
  const { head, changes } = await readChanges(state.applied);
  if (head !== state.applied) apply(state, head, changes);
}

/**
 * A change that follows the last applied one needs no reading: a transaction tells of all that it changed, and
 * the database tells in the order of the commits. In its turn, so that no reading begun before comes after it.
 */
function hear(state: Feed, said: string | null): void {
  // What needs no answer of the database must not make an outage look over.
  const told = state.isFailing ? null : parseAnnouncement(said);
  if (told === null) queueOnce(state, read);
  else
    void queue(state, async () => {
      if (state.applied === null || told.sequence > state.applied + 1n) await read(state);
      else if (told.sequence === state.applied + 1n) apply(state, told.sequence, told.changes);
    });
}

function apply(state: Feed, head: bigint, changes: readonly VerdictChange[] | "everything"): void {
  const heard = [...state.listeners].map(async (listener) => listener(changes));
  state.applied = head;
  state.keeping = Promise.all([state.keeping, ...heard])
    .then(() => {
      state.kept = head;
      state.acknowledging ??= acknowledge(state);
    })
    .catch((error: unknown) => log().warn(error, "a change is not acknowledged"));
}

/**
 * One at a time: what was kept meanwhile is acknowledged all at once. Lost in a crash of the database it is only
 * waited for, hence no fsync.
 */
async function acknowledge(state: Feed): Promise<void> {
  try {
    for (let sent: bigint | undefined; sent !== state.kept; ) {
      sent = state.kept;
      await runPrepared({
        name: "latchkey_acknowledge",
        text: `WITH lazy AS (SELECT set_config('synchronous_commit', 'off', true))
          UPDATE nodes SET acknowledged = $2::bigint FROM lazy WHERE id = $1::uuid AND acknowledged < $2::bigint`,
        values: [state.nodeId, String(sent)],
      });
    }
  } catch (error) {
    log().warn(error, "a change could not be acknowledged; the next renewal does it");
  } finally {
    state.acknowledging = undefined;
  }
}

/** Lags of an hour are no lags: such a node finds that it missed some, and forgets all. */
async function sweep(): Promise<void> {
  await runPrepared({
    name: "latchkey_sweep_changes",
    text: `WITH gone AS (DELETE FROM nodes WHERE lease_until < clock_timestamp() - interval '1 hour')
      DELETE FROM verdict_changes WHERE id IN (
        SELECT id FROM verdict_changes WHERE at < clock_timestamp() - interval '1 hour' ORDER BY id LIMIT 20000)`,
    values: [],
  }).catch((error: unknown) => log().warn(error, "old changes could not be removed; they are next time"));
}
