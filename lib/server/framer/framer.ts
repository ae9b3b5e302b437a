import type { Socket } from "node:net";
import type { Framing } from "./framed-connection";
import { FramedConnection } from "./framed-connection";

const lookEveryMs = 1_000;

/**
 * The start of every connection. Complete, ordinary requests to the hot routes are answered here at a fraction of
 * node:http's cost. When anything else arrives, node:http takes over the connection with all its unread bytes.
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

  /** Responses in progress are still sent. Other connections are closed, or are left to node:http to close. */
  stop(): void {
    clearInterval(this.#timer);
    this.#framing.isStopping = true;
    for (const connection of this.#connections) connection.stop();
  }
}
