/**
 * The lease of one client on its copies of keys, and the changes that it must acknowledge. While a change is
 * unacknowledged the client gets no new lease; a lease that it already holds keeps running.
 */
export class ClientLease {
  /** On performance.now(). */
  #endsAt = 0;
  #lastChange = 0;
  #acknowledged = 0;
  readonly #waiting = new Map<number, () => void>();

  isHeld(): boolean {
    return performance.now() < this.#endsAt;
  }

  hasAcknowledgedAll(): boolean {
    return this.#acknowledged === this.#lastChange;
  }

  grant(ms: number): void {
    this.#endsAt = performance.now() + ms;
  }

  /** @returns the change's number, by which the client acknowledges it */
  addChange(): number {
    return ++this.#lastChange;
  }

  /** Call it when the client has dropped the keys affected by this change and by all earlier ones. */
  acknowledge(change: number): void {
    for (const [number, done] of this.#waiting) if (number <= change) done();
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(change, this.#lastChange));
  }

  /** Call it when the client has dropped all its copies; it gets no further lease. */
  giveBack(): void {
    this.#endsAt = 0;
    this.acknowledge(this.#lastChange);
  }

  /**
   * Resolves when the client can no longer use its copies from before the change.
   *
   * @returns whether it acknowledged the change; if not, its lease is over
   */
  forgotten(change: number): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (isAcknowledged: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(change);
        resolve(isAcknowledged);
      };
      const timer = setTimeout(() => done(false), this.#endsAt - performance.now());
      this.#waiting.set(change, () => done(true));
    });
  }

  /** Resolves when the lease is over. */
  async over(): Promise<void> {
    while (this.isHeld()) {
      await new Promise((resolve) => setTimeout(resolve, this.#endsAt - performance.now()));
    }
  }
}
