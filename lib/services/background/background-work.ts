import { setTimeout } from "node:timers/promises";
import { log } from "@/lib/log";

/** Something that the server does over and over. */
export type Work = {
  /** What could not be done, for the log. */
  readonly what: string;
  /** How long to wait when there was nothing to do. */
  readonly everyMs: number;
  /** @returns whether there may be more to do at once */
  readonly run: (now: Date, signal: AbortSignal) => Promise<boolean>;
};

/** Between two runs, and as long as the first took: what happens meanwhile is then done together. */
const pauseMs = 20;
/** After an error, such as an outage of the database. */
const afterErrorMs = 5_000;

/** Runs one work until it is stopped, never twice at the same time. */
export class BackgroundWork {
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;
  #isWoken = false;
  #wakeUp: () => void = () => {};

  constructor(work: Work) {
    this.#done = this.#keepRunning(work);
  }

  /** Runs it soon. */
  wake(): void {
    this.#isWoken = true;
    this.#wakeUp();
  }

  /** Ends what is running between two steps, and waits for it. */
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
        // An outage is logged once.
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
