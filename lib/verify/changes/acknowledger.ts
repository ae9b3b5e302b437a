import { log } from "@/lib/log";
import type { ClientOutcome, HeardClients } from "./client-outcome";

/** A listener's promise: its client's outcome, or nothing if the listener does not stand for a client. */
type Kept = Promise<ClientOutcome | undefined> | Promise<void>;

/** Acknowledges each change once the promises of all listeners for it have resolved. */
export class Acknowledger {
  /** The newest change whose promises, and those of all earlier changes, have resolved. */
  #kept = 0n;
  /** The newest change that the database knows to be acknowledged. */
  #sent = 0n;
  /** Outcomes of clients that are not in the database yet. */
  readonly #unsent: HeardClients[] = [];
  /** Settles when the promises of every applied change have resolved. */
  #keeping: Promise<void> = Promise.resolve();
  #sending: Promise<void> | undefined;

  constructor(readonly send: (sequence: bigint, clients: readonly HeardClients[]) => Promise<void>) {}

  /**
   * The newest change that may be acknowledged without writing outcomes of clients. Those are written before or with
   * the acknowledgement, so that whoever reads that a node has acknowledged finds its clients.
   */
  get kept(): bigint {
    return this.#unsent.length === 0 ? this.#kept : this.#sent;
  }

  /** @param promises of all listeners, for the changes up to `sequence` */
  acknowledgeAfter(promises: readonly Kept[], sequence: bigint): void {
    this.#keeping = Promise.all([this.#keeping, ...promises])
      .then(([_earlier, ...outcomes]) => {
        const clients = outcomes.flatMap((outcome) => outcome ?? []);
        if (clients.length > 0) this.#unsent.push({ after: this.#kept, through: sequence, clients });
        this.#kept = sequence;
        this.#sending ??= this.#sendKept();
      })
      .catch((error: unknown) => log().warn(error, "a change is not acknowledged"));
  }

  /**
   * Sends again what could not be sent. The renewal of the lease only acknowledges changes without outcomes of clients.
   */
  sendUnsent(): void {
    if (this.#unsent.length > 0) this.#sending ??= this.#sendKept();
  }

  /** Resolves when every applied change was acknowledged, or could not be. */
  async settled(): Promise<void> {
    await this.#keeping;
    await this.#sending;
  }

  /** Sends one statement at a time. The next one acknowledges every change that became ready in the meantime. */
  async #sendKept(): Promise<void> {
    try {
      for (let sent: bigint | undefined; sent !== this.#kept; ) {
        sent = this.#kept;
        const clients = [...this.#unsent];
        await this.send(sent, clients);
        this.#unsent.splice(0, clients.length);
        this.#sent = sent;
      }
    } catch (error) {
      log().warn(error, "a change could not be acknowledged; the next lease renewal will acknowledge it");
    } finally {
      this.#sending = undefined;
    }
  }
}
