/** More than one process can judge: see docs/benchmarks.md. */
const mostPerSecond = 2_000_000;
/** For what a client could not tell while it was cut off. */
const mostAtOnce = 60_000_000;

/** How many uses the client of one stream can have done. What it tells beyond them is made up. */
export class UseAllowance {
  #left = mostAtOnce;
  #at: number;

  /** @param now on a clock that never goes back, in milliseconds */
  constructor(now: number) {
    this.#at = now;
  }

  /** Takes so many, or none where they are too many. */
  take(calls: number, now: number): boolean {
    this.#left = Math.min(mostAtOnce, this.#left + ((now - this.#at) / 1000) * mostPerSecond);
    this.#at = now;
    if (calls > this.#left) return false;
    this.#left -= calls;
    return true;
  }
}
