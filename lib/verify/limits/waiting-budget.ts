import { boundedCache } from "./rate-limit";

/** The part of each wait that is free: a network round trip can take that long. */
const freeMs = 100;
/** The length of a lease: a full budget covers one wait until a silent client's lease has ended. */
const mostMs = 2000;
const needsMs = 1000;
/** The budget regains a fiftieth of the time that passes. */
const regainedMsPerMs = 0.02;
/** About 2 MB. An organization that is dropped gets a full budget again. */
const maximumOrganizations = 10_000;

/**
 * How long an organization's clients may delay changes, including the changes of other organizations. Each wait is
 * charged to the budget, which refills slowly. While it is used up, the clients get no lease: changes do not wait for
 * them, and they verify over HTTP. All clients and keys of an organization share its budget on this node.
 */
export class WaitingBudget {
  readonly #fullAt = boundedCache<{ readonly ms: number }>(maximumOrganizations);

  /** @param now from a monotonic clock, in milliseconds */
  allowsLease(organizationId: string, now: number): boolean {
    return mostMs - this.#spentMs(organizationId, now) >= needsMs;
  }

  /** Charges the time that a change waited. */
  take(organizationId: string, waitedMs: number, now: number): void {
    if (waitedMs <= freeMs) return;
    // Bounded, since many clients losing their connections at once are a single fault.
    const spentMs = Math.min(2 * mostMs, this.#spentMs(organizationId, now) + waitedMs - freeMs);
    this.#fullAt.set(organizationId, { ms: now + spentMs / regainedMsPerMs });
  }

  #spentMs(organizationId: string, now: number): number {
    return Math.max(0, ((this.#fullAt.get(organizationId)?.ms ?? now) - now) * regainedMsPerMs);
  }
}

export const waitingBudget = new WaitingBudget();
