/** A worker that runs for this long has started successfully. */
export const settledMs = 30_000;
const firstPauseMs = 100;
const inARow = 7;

/** Counts consecutive workers that end soon after their start. */
export class CrashLoop {
  #inARow = 0;

  /**
   * Call it when a worker ends unexpectedly.
   *
   * @returns how long to wait before starting another; null to give up
   */
  afterEnd(ranForMs: number): number | null {
    if (ranForMs >= settledMs) return 0;
    if (++this.#inARow >= inARow) return null;
    return firstPauseMs * 2 ** (this.#inARow - 1);
  }

  /** Call it when a worker has run for `settledMs`. */
  settled(): void {
    this.#inARow = 0;
  }
}
