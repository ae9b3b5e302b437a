import { setTimeout as sleep } from "node:timers/promises";
import type { Driver } from "./driver";

/**
 * How long after requesting a lease a node may answer from its cache. The node itself stops a little earlier, to allow
 * for clock drift.
 */
export const leaseMs = 2_000;
const marginMs = 100;

/** The pauses between queries when the database does not respond, or cannot keep a query waiting. */
const pausesMs = [1, 2, 3, 5, 8, 10];

type Waiting = { readonly change: bigint; readonly done: () => void };

/**
 * Waits until no node uses the state from before a change. All waiters in this process share one query at a time,
 * which takes at most one connection from verifications.
 */
export class AwaitedNodes {
  readonly #waiting = new Set<Waiting>();
  #isAsking = false;

  constructor(readonly driver: Pick<Driver, "runPrepared" | "patienceMs">) {}

  /**
   * Resolves when every node has acknowledged the change or its lease has expired. Never takes longer than a lease and
   * a margin: a node that got a lease after the commit has read the change before it trusts its cache (see
   * lib/verify/changes/running-feed). After that time there is nothing left to wait for, even if the database does not
   * respond.
   *
   * @param change the change's number; the change must be committed
   */
  async until(change: bigint): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => waiting.done(), leaseMs + marginMs);
      const waiting: Waiting = {
        change,
        done: () => {
          clearTimeout(timer);
          this.#waiting.delete(waiting);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      if (!this.#isAsking) void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    this.#isAsking = true;
    for (let round = 0; this.#waiting.size > 0; round++) {
      // Waiters that arrive during the query wait for the next one. The running query may have found no live node
      // before the waiter's change, and a node that does not know the change may have started since.
      const asking = [...this.#waiting];
      const answer = await this.#acknowledged(asking);
      for (const { change, done } of asking) if (answer !== "unknown" && change <= answer) done();
      if (answer === "unknown" || this.driver.patienceMs === 0) {
        await sleep(pausesMs[Math.min(round, pausesMs.length - 1)]);
      }
    }
    this.#isAsking = false;
  }

  /**
   * The last change that all live nodes have acknowledged. "unknown" if the database does not respond, since live nodes
   * may be behind.
   */
  async #acknowledged(asking: readonly Waiting[]): Promise<bigint | number | "unknown"> {
    const [lowest = 0n] = asking.map(({ change }) => change).sort((a, b) => (a < b ? -1 : 1));
    try {
      const [row] = await this.driver.runPrepared<{ lowest: string | null }>({
        name: "latchkey_acknowledged_by_all",
        text: "SELECT acknowledged_by_all($1::bigint, $2::int)::text AS lowest",
        values: [String(lowest), this.driver.patienceMs],
      });
      if (row === undefined) return "unknown";
      return row.lowest === null ? Number.POSITIVE_INFINITY : BigInt(row.lowest);
    } catch {
      return "unknown";
    }
  }
}
