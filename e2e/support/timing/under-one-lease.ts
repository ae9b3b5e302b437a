import { setTimeout as sleep } from "node:timers/promises";
import { isMemoryTrusted, trustEndsAt } from "@/lib/verify/changes/change-feed";

/** Waits until this process has a lease. After a pause of two seconds it briefly has none. */
export async function haveLease(): Promise<void> {
  while (!isMemoryTrusted()) await sleep(5);
}

/**
 * Runs the work, repeatedly if needed, until all of it ran under one lease of this process, and returns that result.
 * Use it for behavior that needs a lease: without one a node caches nothing, and changes do not wait for it. The work
 * takes at most a second, and may run more than once.
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
