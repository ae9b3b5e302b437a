import { log } from "@/lib/log";

type Work = {
  /** Names the failed work in the log. */
  readonly what: string;
  readonly everyMs: number;
  /**
   * After each run the work pauses for this many times the run's duration, which limits its share of the database's
   * time, but for no longer than `pauseMaximumMs`.
   */
  readonly pauseFactor?: number;
  readonly pauseMaximumMs?: number;
  /** @param signal aborts when the work is to stop */
  readonly run: (now: Date, signal: AbortSignal) => Promise<void>;
};

/** Work that a node repeats. Runs never overlap. */
export class RepeatedWork {
  #timer: NodeJS.Timeout | undefined;
  #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #isFailing = false;
  /** On performance.now(). */
  #pausesUntil = 0;

  constructor(readonly work: Work) {}

  start(): this {
    if (this.#timer !== undefined) return this;
    this.#stopping = new AbortController();
    this.#timer = setInterval(() => this.runIfDue(), this.work.everyMs).unref();
    return this;
  }

  /** Starts a run unless one is running or the work is pausing. */
  runIfDue(): void {
    if (performance.now() >= this.#pausesUntil) void this.#run();
  }

  /** Completes one full run. A run in progress may have started too early, so this waits for it first. */
  async runNow(): Promise<void> {
    await this.#running;
    await this.#run();
  }

  /** Asks the current run to end after its current step, and waits for it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stopping.abort();
    await this.#running;
  }

  /** Never rejects: failed work is tried again. */
  #run(): Promise<void> {
    this.#running ??= this.#attempt().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #attempt(): Promise<void> {
    const { what, run, pauseFactor = 0, pauseMaximumMs = Number.POSITIVE_INFINITY } = this.work;
    const begun = performance.now();
    try {
      await run(new Date(), this.#stopping.signal);
      this.#isFailing = false;
    } catch (error) {
      // Log an outage only once.
      if (!this.#isFailing) log().error(error, `${what}; trying again later`);
      this.#isFailing = true;
    }
    const now = performance.now();
    this.#pausesUntil = now + Math.min(pauseFactor * (now - begun), pauseMaximumMs);
  }
}
