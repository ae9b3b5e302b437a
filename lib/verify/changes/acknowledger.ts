import { log } from "@/lib/log";

/** Acknowledges each change once all listeners have kept what they promised for it. */
export class Acknowledger {
  /** The newest change for which they have, and for all before it. */
  #kept = 0n;
  /** Settles when they have for every applied change. */
  #keeping: Promise<void> = Promise.resolve();
  #sending: Promise<void> | undefined;

  constructor(readonly send: (sequence: bigint) => Promise<void>) {}

  /** The newest change that may be acknowledged. */
  get kept(): bigint {
    return this.#kept;
  }

  /** @param promises of all listeners, for the changes up to `sequence` */
  acknowledgeAfter(promises: readonly Promise<void>[], sequence: bigint): void {
    this.#keeping = Promise.all([this.#keeping, ...promises])
      .then(() => {
        this.#kept = sequence;
        this.#sending ??= this.#sendKept();
      })
      .catch((error: unknown) => log().warn(error, "a change is not acknowledged"));
  }

  /** Resolves when everything that was promised is kept and acknowledged. */
  async settled(): Promise<void> {
    await this.#keeping;
    await this.#sending;
  }

  /** One statement at a time; the next one acknowledges everything that was kept meanwhile. */
  async #sendKept(): Promise<void> {
    try {
      for (let sent: bigint | undefined; sent !== this.#kept; ) {
        sent = this.#kept;
        await this.send(sent);
      }
    } catch (error) {
      log().warn(error, "a change could not be acknowledged; the next renewal does it");
    } finally {
      this.#sending = undefined;
    }
  }
}
