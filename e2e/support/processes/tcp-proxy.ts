import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port";

/** `up`: from the client; `down`: to the client. */
export type Direction = "up" | "down";

const both: readonly Direction[] = ["up", "down"];

type Link = { readonly client: Socket; readonly target: Socket };

/** A TCP proxy between a process and a server that imitates network faults. */
export class TcpProxy {
  readonly #links = new Set<Link>();
  readonly #server: Server;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #stalled = new Set<Direction>();
  readonly #delayMs: Record<Direction, number> = { up: 0, down: 0 };
  readonly #port: number;
  #accepted = 0;

  private constructor(target: { readonly host: string; readonly port: number }, port: number) {
    this.#target = target;
    this.#port = port;
    this.#server = createServer((client) => this.#join(client));
  }

  static async start(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    // The port must still be free after it was closed for a while.
    const proxy = new TcpProxy(target, await freePort());
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** The number of connections that clients have opened so far. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Stalls these directions without closing anything; data is kept for later. */
  stall(directions: readonly Direction[] = both): void {
    for (const direction of directions) this.#stalled.add(direction);
    for (const link of this.#links) {
      for (const direction of directions) source(link, direction).pause();
    }
  }

  /** Delays each chunk by this much, in order. */
  delay(milliseconds: number, directions: readonly Direction[] = both): void {
    for (const direction of directions) this.#delayMs[direction] = milliseconds;
  }

  /** Resets all connections with an RST, like a machine that does not know them. */
  reset(): void {
    for (const { client, target } of this.#links) {
      client.resetAndDestroy();
      target.resetAndDestroy();
    }
  }

  /** Ends all connections mid-stream, like a proxy that restarts. */
  cut(): void {
    for (const { client, target } of this.#links) {
      client.destroy();
      target.destroy();
    }
  }

  /** Cuts all connections, and refuses new ones until `heal`. */
  async refuse(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.cut();
    await closed;
  }

  /** Undoes every fault. */
  async heal(): Promise<void> {
    this.delay(0);
    this.#stalled.clear();
    for (const { client, target } of this.#links) {
      client.resume();
      target.resume();
    }
    if (!this.#server.listening) await this.#listen();
  }

  async close(): Promise<void> {
    await this.refuse();
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  #join(client: Socket): void {
    this.#accepted++;
    const link = { client, target: connect(this.#target) };
    this.#links.add(link);
    for (const direction of both) {
      this.#pass(link, direction);
      if (this.#stalled.has(direction)) source(link, direction).pause();
    }
  }

  #pass(link: Link, direction: Direction): void {
    const from = source(link, direction);
    const to = source(link, direction === "up" ? "down" : "up");
    let before = Promise.resolve();
    const inTurn = (work: () => void) => {
      const delayMs = this.#delayMs[direction];
      const due = delayMs === 0 ? null : sleep(delayMs);
      before = before.then(async () => {
        await due;
        if (!to.destroyed) work();
      });
    };
    from.setNoDelay(true);
    from.on("data", (piece) => inTurn(() => to.write(piece)));
    from.on("end", () => inTurn(() => to.end()));
    // The `close` event ends the other side, however this side ended.
    from.on("error", () => undefined);
    from.on("close", () => {
      this.#links.delete(link);
      inTurn(() => to.destroySoon());
    });
  }
}

function source({ client, target }: Link, direction: Direction): Socket {
  return direction === "up" ? client : target;
}
