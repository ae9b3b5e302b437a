import { setTimeout as sleep } from "node:timers/promises";
import { isMemoryTrusted, trustEndsAt } from "@/lib/verify/changes/change-feed";

/** Waits until this process trusts its memory: after a pause of two seconds it briefly does not. */
export async function haveLease(): Promise<void> {
  while (!isMemoryTrusted()) await sleep(5);
}

/**
 * Does the work, again if needed, until all of it ran under one lease of this process, and returns that result. Use it
 * for behavior that holds only while a node has its lease: without one nothing is cached, and nobody waits for the
 * node. The work takes at most a second, and may run more than once.
 */
export async function underOneLease<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    await haveLease();
    const endsAt = trustEndsAt();
    const [outcome] = await Promise.allSettled([work()]);
    if (performance.now() >= endsAt) continue;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }
}
