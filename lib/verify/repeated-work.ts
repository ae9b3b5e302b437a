import { log } from "@/lib/log";

type Work = {
  /** What could not be done, for the log. */
  readonly what: string;
  readonly everyMs: number;
  /**
   * After each run the work pauses for so many times as long as the run took, so that it takes only its part of the
   * database's time; but no longer than `pauseMaximumMs`.
   */
  readonly pauseFactor?: number;
  readonly pauseMaximumMs?: number;
  /** @param signal aborts when the work is to stop */
  readonly run: (now: Date, signal: AbortSignal) => Promise<void>;
};

/** Something that a node does again and again, never twice at the same time. */
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

  /** Runs it unless it is running or pausing. */
  runIfDue(): void {
    if (performance.now() >= this.#pausesUntil) void this.#run();
  }

  /** Runs it once from beginning to end. What is under way may have begun too early, so it is waited for. */
  async runNow(): Promise<void> {
    await this.#running;
    await this.#run();
  }

  /** Ends what is running between two steps, and waits for it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#stopping.abort();
    await this.#running;
  }

  /** Never rejects: what failed is tried again. */
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
      // An outage is logged once.
      if (!this.#isFailing) log().error(error, `${what}; trying again later`);
      this.#isFailing = true;
    }
    const now = performance.now();
    this.#pausesUntil = now + Math.min(pauseFactor * (now - begun), pauseMaximumMs);
  }
}
