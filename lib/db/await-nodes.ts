import { setTimeout as sleep } from "node:timers/promises";
import type { QuickStatement } from "./driver";

/**
 * How long a node may answer from what it remembers after it asked for its lease. The node itself stops
 * earlier, by a margin for clocks that do not run alike.
 */
export const leaseMs = 2_000;
const marginMs = 100;

/** Most nodes acknowledge within a few milliseconds. */
const pausesMs = [1, 2, 3, 5, 8, 10];

/**
 * Waits until no node answers any more by what was before a change: each has acknowledged it, or its lease
 * is out. Never longer than a lease and a margin: a node that was granted one after the change was committed
 * has read the change before it trusts itself (see lib/verify/change-feed), so when as much time has passed
 * there is nothing left to wait for, whatever the database says or whether it can be asked at all. [L1]
 *
 * @param change its number, committed by now
 */
export async function awaitNodes(
  change: bigint,
  quick: <Row>(statement: QuickStatement) => Promise<readonly Row[]>,
): Promise<void> {
  const until = performance.now() + leaseMs + marginMs;
  for (let round = 0; performance.now() < until; round++) {
    if (!(await isAwaited(change, quick))) return;
    const pauseMs = pausesMs[Math.min(round, pausesMs.length - 1)] ?? 0;
    await sleep(Math.min(pauseMs, Math.max(0, until - performance.now())));
  }
}

/** Does a node live that has not acknowledged it? While the database cannot be asked, one may. */
async function isAwaited(
  change: bigint,
  quick: <Row>(statement: QuickStatement) => Promise<readonly Row[]>,
): Promise<boolean> {
  try {
    const [awaited] = await quick<{ one: number }>({
      name: "latchkey_awaited_nodes",
      text: "SELECT 1 AS one FROM nodes WHERE acknowledged < $1 AND lease_until > clock_timestamp() LIMIT 1",
      values: [String(change)],
    });
    return awaited !== undefined;
  } catch {
    return true;
  }
}
