import type { Socket } from "node:net";
import type { Framing } from "./framed-connection";
import { FramedConnection } from "./framed-connection";

const lookEveryMs = 1_000;

/**
 * Where every connection begins. Whole, ordinary requests to the hot routes are answered here, for a fraction of what
 * node:http takes; with anything else, a connection becomes node:http's with all its unread bytes, and stays there.
 */
export class Framer {
  readonly #connections = new Set<FramedConnection>();
  readonly #framing: Framing;
  readonly #timer: NodeJS.Timeout;

  constructor(framing: Omit<Framing, "isStopping">) {
    this.#framing = { ...framing, isStopping: false };
    this.#timer = setInterval(() => {
      const now = performance.now();
      for (const connection of this.#connections) connection.look(now);
    }, lookEveryMs).unref();
  }

  take(socket: Socket): void {
    this.#connections.add(
      new FramedConnection(socket, this.#framing, (each) => this.#connections.delete(each)),
    );
  }

  /** Responses under way are still sent; everything else ends, or is node:http's to end. */
  stop(): void {
    clearInterval(this.#timer);
    this.#framing.isStopping = true;
    for (const connection of this.#connections) connection.stop();
  }
}
