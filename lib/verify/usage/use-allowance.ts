/** More than one process can judge: see docs/benchmarks.md. */
const mostPerSecond = 2_000_000;
/** For what clients could not tell while they were cut off. */
const mostAtOnce = 60_000_000;

/** How many uses the clients of one organization can have done. What they tell beyond them is made up. */
export class UseAllowance {
  #left = mostAtOnce;
  #at: number;

  /** @param now on a clock that never goes back, in milliseconds */
  constructor(now: number) {
    this.#at = now;
  }

  /** Takes so many, or none where they are too many. */
  take(calls: number, now: number): boolean {
    if (calls > this.#grown(now)) return false;
    this.#left -= calls;
    return true;
  }

  /** Is it as if nothing had ever been taken? */
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

/** Of an organization on this node: a further stream or key gives its clients no more. */
export function allowanceOf(organizationId: string, now: number): UseAllowance {
  const known = allowances.get(organizationId);
  if (known !== undefined) return known;
  for (const [id, allowance] of allowances) if (allowance.isFull(now)) allowances.delete(id);
  const allowance = new UseAllowance(now);
  allowances.set(organizationId, allowance);
  return allowance;
}
