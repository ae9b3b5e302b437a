import { remember } from "@/lib/remember";
import { NodeLease } from "./node-lease";
import type { ChangeListener } from "./running-feed";
import { RunningFeed } from "./running-feed";

/** One feed per process, since a process is one node. */
const feed = remember("latchkeyChangeFeed", () => ({
  listeners: new Set<ChangeListener>(),
  lease: new NodeLease(),
  running: undefined as RunningFeed | undefined,
}));

/** @returns a function that removes the listener */
export function onVerdictChanges(listener: ChangeListener): () => void {
  feed.listeners.add(listener);
  return () => feed.listeners.delete(listener);
}

/** May this node answer from memory at this moment? Asked at each verification. */
export function isMemoryTrusted(): boolean {
  return feed.lease.isHeld();
}

/** The time on performance.now() at which this node stops trusting its memory; 0 if it does not trust it. */
export function trustEndsAt(): number {
  return feed.lease.endsAt;
}

/**
 * Starts following changes and holding a lease. The process's database must be open. While the database is unreachable,
 * the feed retries and memory is not trusted.
 *
 * Leases as in Gray and Cheriton, "Leases: An Efficient Fault-Tolerant Mechanism for Distributed File Cache
 * Consistency" (1989); the protocol is in docs/decisions/020.
 */
export async function startChangeFeed(): Promise<void> {
  if (feed.running !== undefined) throw new Error("The change feed is running already");
  feed.running = new RunningFeed(feed.lease, feed.listeners);
  await feed.running.start();
}

/** Stops trusting memory and returns the lease, so that nobody waits for it. Call it while the database is open. */
export async function stopChangeFeed(): Promise<void> {
  const { running } = feed;
  feed.running = undefined;
  await running?.stop();
}
