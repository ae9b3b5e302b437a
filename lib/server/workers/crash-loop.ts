/** A worker that runs this long has started well. */
export const settledMs = 30_000;
const firstPauseMs = 100;
const inARow = 7;

/** Counts workers that end soon after their start, one after the other. */
export class CrashLoop {
  #inARow = 0;

  /**
   * A worker has ended by itself.
   *
   * @returns how long to wait before another is started; null when it is time to give up
   */
  afterEnd(ranForMs: number): number | null {
    if (ranForMs >= settledMs) return 0;
    if (++this.#inARow >= inARow) return null;
    return firstPauseMs * 2 ** (this.#inARow - 1);
  }

  /** A worker has run for `settledMs`. */
  settled(): void {
    this.#inARow = 0;
  }
}
