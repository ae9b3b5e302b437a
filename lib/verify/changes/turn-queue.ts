import { log } from "@/lib/log";

type Turn = () => Promise<void>;

/**
 * Runs the change feed's work one turn after the other, so that what was read first is applied first. A failed turn
 * does not stop the next.
 */
export class TurnQueue {
  #last: Promise<void> = Promise.resolve();
  readonly #waiting = new Set<Turn>();
  #isStopped = false;
  /** Whether the last turn failed. */
  isFailing = false;

  /** @returns a promise that resolves when the turn is over, even if it failed */
  add(turn: Turn): Promise<void> {
    this.#last = this.#last.then(() => this.#run(turn));
    return this.#last;
  }

  /**
   * Adds the turn unless it is already waiting, since the waiting one will read everything anyway. During an outage
   * turns take longer than the interval between them and would pile up.
   */
  addOnce(turn: Turn): void {
    if (this.#waiting.has(turn)) return;
    this.#waiting.add(turn);
    void this.add(() => {
      this.#waiting.delete(turn);
      return turn();
    });
  }

  /** Drops the waiting turns. Resolves when the running one is over. */
  stop(): Promise<void> {
    this.#isStopped = true;
    return this.#last;
  }

  async #run(turn: Turn): Promise<void> {
    if (this.#isStopped) return;
    try {
      await turn();
      if (this.isFailing) log().info("the lease is renewed again");
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing)
        log().error(error, "changes could not be read; memory is not trusted until they are");
      this.isFailing = true;
    }
  }
}
