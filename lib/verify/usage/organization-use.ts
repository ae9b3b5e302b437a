import type { CallOutcome } from "@/lib/core/keys/usage-outcome";
import { hourOf } from "./key-use";

/** Calls of one hour with the same outcome; `hour` is its start, in milliseconds since the epoch. */
export type CallCount = { readonly hour: number; readonly outcome: CallOutcome; calls: number };

/** The calls of each organization that are not in the database yet. */
export class OrganizationUses {
  readonly #counts = new Map<string, CallCount[]>();
  readonly #most: number;

  /** @param most how many organizations are counted; further ones are not */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param at in milliseconds since the epoch */
  add(organizationId: string, at: number, outcome: CallOutcome, calls: number): void {
    const counts = this.#counts.get(organizationId);
    if (counts === undefined) {
      if (this.#counts.size >= this.#most) return;
      this.#counts.set(organizationId, [{ hour: hourOf(at), outcome, calls }]);
      return;
    }
    const hour = hourOf(at);
    for (const count of counts) {
      if (count.outcome !== outcome || count.hour !== hour) continue;
      count.calls += calls;
      return;
    }
    counts.push({ hour, outcome, calls });
  }

  [Symbol.iterator](): Iterator<readonly [organizationId: string, counts: readonly CallCount[]]> {
    return this.#counts[Symbol.iterator]();
  }

  get size(): number {
    return this.#counts.size;
  }
}
