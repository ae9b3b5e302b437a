import { setTimeout as sleep } from "node:timers/promises";
import type { Driver } from "./driver";

/**
 * How long a node may answer from what it remembers after it asked for its lease. The node itself stops
 * earlier, by a margin for clocks that do not run alike.
 */
export const leaseMs = 2_000;
const marginMs = 100;

/** Between two questions where the database cannot wait itself, or cannot be asked. */
const pausesMs = [1, 2, 3, 5, 8, 10];

type Waiting = { readonly change: bigint; readonly done: () => void };

/**
 * Waits until no node answers any more by what was before a change. All who wait in this process ask together,
 * one question at a time, so that they take one connection at most from verifications.
 */
export class AwaitedNodes {
  readonly #waiting = new Set<Waiting>();
  #isAsking = false;

  constructor(readonly driver: Pick<Driver, "runPrepared" | "patienceMs">) {}

  /**
   * Resolves when each node has acknowledged the change, or its lease is out. Never takes longer than a lease
   * and a margin: a node that was granted one after the change was committed has read the change before it
   * trusts itself (see lib/verify/changes/change-feed), so when as much time has passed there is nothing left to wait
   * for, whatever the database says or whether it can be asked at all.
   *
   * @param change its number, committed by now
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
      // Who comes while the question is under way waits for the next: "no node lives" may have been said of a
      // moment before their change, and one may live since then that does not know of it.
      const asking = [...this.#waiting];
      const answer = await this.#acknowledged(asking);
      for (const { change, done } of asking) if (answer !== "unknown" && change <= answer) done();
      if (answer === "unknown" || this.driver.patienceMs === 0) {
        await sleep(pausesMs[Math.min(round, pausesMs.length - 1)]);
      }
    }
    this.#isAsking = false;
  }

  /** Up to which change all living nodes have acknowledged. While the database cannot be asked, one may live. */
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
