/** The database's clock and this machine's may run at different speeds; over two seconds, this much is enough. */
const marginMs = 300;

/**
 * This node's lease on its memory, as the node itself sees it. It ends when either of two clocks says so: the monotonic
 * clock, or the wall clock, which jumps ahead after the machine has slept.
 */
export class NodeLease {
  #endsAt = 0;
  #wallEndsAt = 0;

  /**
   * Call it before asking the database for a lease, since waiting for the answer counts against the lease.
   *
   * @returns a function that starts the lease; call it once every change from before the answer has been applied
   */
  request(lastsMs: number): () => void {
    const endsAt = performance.now() + lastsMs - marginMs;
    const wallEndsAt = Date.now() + lastsMs - marginMs;
    return () => {
      this.#endsAt = endsAt;
      this.#wallEndsAt = wallEndsAt;
    };
  }

  end(): void {
    this.#endsAt = 0;
    this.#wallEndsAt = 0;
  }

  /** Checked at each verification. */
  isHeld(): boolean {
    return performance.now() < this.#endsAt && Date.now() < this.#wallEndsAt;
  }

  /** When the lease ends, on performance.now(); 0 without a lease. */
  get endsAt(): number {
    return this.isHeld() ? this.#endsAt : 0;
  }
}
