import type { Socket } from "node:net";
import type { Framing } from "./framed-connection";
import { FramedConnection } from "./framed-connection";

const lookEveryMs = 1_000;
/** Reached only if clients do not read their responses. */
const usualHeldBytes = 64 * 1024 * 1024;

/**
 * The start of every connection. Complete, ordinary requests to the hot routes are answered here at a fraction of
 * node:http's cost. When anything else arrives, node:http takes over the connection with all its unread bytes.
 */
export class Framer {
  readonly #connections = new Set<FramedConnection>();
  readonly #framing: Framing;
  readonly #timer: NodeJS.Timeout;

  /** @param mostHeldBytes the limit on what all connections together keep in memory */
  constructor(
    framing: Omit<Framing, "isStopping">,
    readonly mostHeldBytes = usualHeldBytes,
  ) {
    this.#framing = { ...framing, isStopping: false };
    this.#timer = setInterval(() => {
      const now = performance.now();
      for (const connection of this.#connections) connection.look(now);
      this.#makeRoom(now);
    }, lookEveryMs).unref();
  }

  take(socket: Socket): void {
    this.#connections.add(
      new FramedConnection(socket, this.#framing, (each) => this.#connections.delete(each)),
    );
  }

  /** Closes the connections that hold most, and of these the most silent, until the rest is within the limit. */
  #makeRoom(now: number): void {
    const holding = [...this.#connections].filter(({ heldBytes }) => heldBytes > 0);
    let held = holding.reduce((sum, { heldBytes }) => sum + heldBytes, 0);
    holding.sort((one, other) => other.heldBytes - one.heldBytes || other.silentMs(now) - one.silentMs(now));
    for (const connection of holding) {
      if (held <= this.mostHeldBytes) return;
      held -= connection.heldBytes;
      connection.destroy();
    }
  }

  /** Responses in progress are still sent. Other connections are closed, or are left to node:http to close. */
  stop(): void {
    clearInterval(this.#timer);
    this.#framing.isStopping = true;
    for (const connection of this.#connections) connection.stop();
  }
}
