import { setTimeout as sleep } from "node:timers/promises";
import { isMemoryTrusted, trustEndsAt } from "@/lib/verify/changes/change-feed";

/** Waits until this process trusts its memory: one that stood still for two seconds does not, for a moment. */
export async function haveLease(): Promise<void> {
  while (!isMemoryTrusted()) await sleep(5);
}

/**
 * Does the work, again if need be, until all of it was done under one lease of this process, and gives what came
 * of it then. For what is so just while a node has its lease: without one nothing is remembered, and nobody waits
 * for the node. The work takes a second at most, and may be done more than once.
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
