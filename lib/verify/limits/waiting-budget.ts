/** The part of each wait that is free: a network round trip can take that long. */
const freeMs = 100;
/** The length of a lease: a full budget covers one wait until a silent client's lease has ended. */
const mostMs = 2000;
const needsMs = 1000;
/** The budget regains a fiftieth of the time that passes. */
const regainedMsPerMs = 0.02;

/**
 * How long one organization's clients may delay changes, including the changes of other organizations. Each wait is
 * charged to the budget, which refills slowly. While it is used up, the clients get no lease: changes do not wait for
 * them, and they verify over HTTP.
 */
export class WaitingBudget {
  #leftMs = mostMs;
  #at: number;

  /** @param now from a monotonic clock, in milliseconds */
  constructor(now: number) {
    this.#at = now;
  }

  allowsLease(now: number): boolean {
    return this.#left(now) >= needsMs;
  }

  /** A full budget is the same as a new one. */
  isFull(now: number): boolean {
    return this.#left(now) === mostMs;
  }

  /** Charges the time that a change waited. */
  take(waitedMs: number, now: number): void {
    const left = this.#left(now) - Math.max(0, waitedMs - freeMs);
    // Floor it: when many clients lose their connection at once, that is a single fault.
    this.#leftMs = Math.max(-mostMs, left);
  }

  #left(now: number): number {
    this.#leftMs = Math.min(mostMs, this.#leftMs + (now - this.#at) * regainedMsPerMs);
    this.#at = now;
    return this.#leftMs;
  }
}

const budgets = new Map<string, WaitingBudget>();

/** An organization's budget on this node. All its clients and keys share it. */
export function waitingBudgetOf(organizationId: string): WaitingBudget {
  const now = performance.now();
  const known = budgets.get(organizationId);
  if (known !== undefined) return known;
  for (const [id, budget] of budgets) if (budget.isFull(now)) budgets.delete(id);
  const budget = new WaitingBudget(now);
  budgets.set(organizationId, budget);
  return budget;
}
