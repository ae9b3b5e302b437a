/** More than one process can verify: see docs/benchmarks.md. */
const mostPerSecond = 2_000_000;
/** Covers what clients could not report while they were disconnected. */
const mostAtOnce = 60_000_000;

/** How many uses the clients of one organization can have made. Reports beyond that are made up. */
export class UseAllowance {
  #left = mostAtOnce;
  #at: number;

  /** @param now from a monotonic clock, in milliseconds */
  constructor(now: number) {
    this.#at = now;
  }

  /** Takes this many, or none if they exceed the allowance. */
  take(calls: number, now: number): boolean {
    if (calls > this.#grown(now)) return false;
    this.#left -= calls;
    return true;
  }

  /** A full allowance is the same as a new one. */
  isFull(now: number): boolean {
    return this.#grown(now) === mostAtOnce;
  }

  #grown(now: number): number {
    this.#left = Math.min(mostAtOnce, this.#left + ((now - this.#at) / 1000) * mostPerSecond);
    this.#at = now;
    return this.#left;
  }
}

const allowances = new Map<string, UseAllowance>();

/** An organization's allowance on this node. Further streams or keys do not add to it. */
export function allowanceOf(organizationId: string, now: number): UseAllowance {
  const known = allowances.get(organizationId);
  if (known !== undefined) return known;
  for (const [id, allowance] of allowances) if (allowance.isFull(now)) allowances.delete(id);
  const allowance = new UseAllowance(now);
  allowances.set(organizationId, allowance);
  return allowance;
}
