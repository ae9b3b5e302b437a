import { log } from "@/lib/log";

/** Acknowledges each change once the promises of all listeners for it have resolved. */
export class Acknowledger {
  /** The newest change whose promises, and those of all earlier changes, have resolved. */
  #kept = 0n;
  /** Settles when the promises of every applied change have resolved. */
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

  /** Resolves when every applied change has been acknowledged, or has failed to be. */
  async settled(): Promise<void> {
    await this.#keeping;
    await this.#sending;
  }

  /** Sends one statement at a time. The next one acknowledges every change that became ready in the meantime. */
  async #sendKept(): Promise<void> {
    try {
      for (let sent: bigint | undefined; sent !== this.#kept; ) {
        sent = this.#kept;
        await this.send(sent);
      }
    } catch (error) {
      log().warn(error, "a change could not be acknowledged; the next lease renewal will acknowledge it");
    } finally {
      this.#sending = undefined;
    }
  }
}
