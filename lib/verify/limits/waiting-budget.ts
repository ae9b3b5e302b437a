/** Nobody is blamed for what a network takes. */
const freeMs = 100;
/** As long as a lease: once, a client may keep everybody waiting until its own is out. */
const mostMs = 2000;
const needsMs = 1000;
/** A fiftieth of the time. */
const regainedMsPerMs = 0.02;

/**
 * How long the clients of one organization may make changes wait for them, those of all other organizations too.
 * Each wait is taken from it, and it fills up slowly. Where it is spent the clients get no lease, so nobody waits
 * for them, and they ask over HTTP meanwhile.
 */
export class WaitingBudget {
  #leftMs = mostMs;
  #at: number;

  /** @param now on a clock that never goes back, in milliseconds */
  constructor(now: number) {
    this.#at = now;
  }

  allowsLease(now: number): boolean {
    return this.#left(now) >= needsMs;
  }

  /** Is it as if nobody had ever waited? */
  isFull(now: number): boolean {
    return this.#left(now) === mostMs;
  }

  /** A change was kept waiting for so long. */
  take(waitedMs: number, now: number): void {
    const left = this.#left(now) - Math.max(0, waitedMs - freeMs);
    // No deeper: many clients that were cut off at one moment are one fault.
    this.#leftMs = Math.max(-mostMs, left);
  }

  #left(now: number): number {
    this.#leftMs = Math.min(mostMs, this.#leftMs + (now - this.#at) * regainedMsPerMs);
    this.#at = now;
    return this.#leftMs;
  }
}

const budgets = new Map<string, WaitingBudget>();

/** Of an organization on this node, whichever of its clients and keys it is. */
export function waitingBudgetOf(organizationId: string): WaitingBudget {
  const now = performance.now();
  const known = budgets.get(organizationId);
  if (known !== undefined) return known;
  for (const [id, budget] of budgets) if (budget.isFull(now)) budgets.delete(id);
  const budget = new WaitingBudget(now);
  budgets.set(organizationId, budget);
  return budget;
}
