import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterNode } from "@/e2e/support/processes/node-cluster";
import type { Random } from "./random";

/** At least a second longer than a lease. */
const pauseMs = [3000, 4500] as const;

type Fault = (node: ClusterNode, random: Random) => Promise<void>;

/** A fault of one node: of its connections to the database, or of itself. */
const faults: Readonly<Record<string, Fault>> = {
  stall: async ({ proxy }, random) => {
    proxy.stall(random.pick([["up"], ["down"], ["up", "down"]]));
    await sleep(random.between(500, 4500));
  },
  reset: async ({ proxy }) => proxy.reset(),
  cut: async ({ proxy }) => proxy.cut(),
  refuse: async ({ proxy }, random) => {
    await proxy.refuse();
    await sleep(random.between(500, 4000));
  },
  delay: async ({ proxy }, random) => {
    proxy.delay(random.between(20, 400), random.pick([["up"], ["down"], ["up", "down"]]));
    await sleep(random.between(1000, 3000));
  },
  pause: async (node, random) => {
    node.pause();
    await sleep(random.between(...pauseMs));
    node.resume();
  },
  // The node's connections fail while it is paused, and may or may not work when it wakes up.
  "pause and reset": async (node, random) => {
    node.pause();
    await sleep(random.between(...pauseMs));
    node.proxy.reset();
    node.resume();
  },
  kill: (node) => node.killAndStart(),
};

export type Faults = { readonly counts: Readonly<Record<string, number>>; readonly end: () => Promise<void> };

/** From now on each node has a fault every few seconds, until the end, when everything works again. */
export function startFaults(nodes: readonly ClusterNode[], random: Random): Faults {
  const counts: Record<string, number> = {};
  let ended = false;
  const trouble = async (node: ClusterNode) => {
    while (!ended) {
      await sleep(random.between(500, 4000));
      const [kind, cause] = random.pick(Object.entries(faults));
      counts[kind] = (counts[kind] ?? 0) + 1;
      await cause(node, random);
      await node.proxy.heal();
    }
  };
  const troubles = nodes.map(trouble);
  return {
    counts,
    end: async () => {
      ended = true;
      await Promise.all(troubles);
    },
  };
}
