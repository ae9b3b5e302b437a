import { setTimeout } from "node:timers/promises";
import { log } from "@/lib/log";

/** Work that the server repeats. */
export type Work = {
  /** Names the failed work in the log. */
  readonly what: string;
  /** How long to wait when there was nothing to do. */
  readonly everyMs: number;
  /** @returns whether there may be more to do at once */
  readonly run: (now: Date, signal: AbortSignal) => Promise<boolean>;
};

/**
 * The pause between two runs, and at least as long as the last run took, so that work that arrives meanwhile is done in
 * one go.
 */
const pauseMs = 20;
/** The pause after an error, such as an outage of the database. */
const afterErrorMs = 5_000;

/** Repeats one kind of work until it is stopped. Runs never overlap. */
export class BackgroundWork {
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #isWoken = false;
  #wakeUp: () => void = () => {};

  constructor(work: Work) {
    this.#done = this.#keepRunning(work);
  }

  /** Starts the next run soon. */
  wake(): void {
    this.#isWoken = true;
    this.#wakeUp();
  }

  /** Asks the current run to end after its current step, and waits for it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#done;
  }

  async #keepRunning({ what, everyMs, run }: Work): Promise<void> {
    const { signal } = this.#stopping;
    let isFailing = false;
    while (!signal.aborted) {
      let waitMs = everyMs;
      const begun = performance.now();
      this.#isWoken = false;
      try {
        if (await run(new Date(), signal)) waitMs = 0;
        isFailing = false;
      } catch (error) {
        // Log an outage only once.
        if (!isFailing) log().error(error, `${what}; trying again later`);
        isFailing = true;
        waitMs = Math.max(everyMs, afterErrorMs);
      }
      const pause = Math.max(pauseMs, performance.now() - begun);
      await setTimeout(pause, undefined, { signal, ref: false }).catch(() => undefined);
      if (!this.#isWoken && waitMs > 0) await this.#untilWoken(waitMs);
    }
  }

  async #untilWoken(mostMs: number): Promise<void> {
    const waking = new AbortController();
    this.#wakeUp = () => waking.abort();
    const signal = AbortSignal.any([waking.signal, this.#stopping.signal]);
    await setTimeout(mostMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
