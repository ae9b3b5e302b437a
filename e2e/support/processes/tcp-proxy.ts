import { once } from "node:events";
import type { Server, Socket } from "node:net";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port";

/** `up`: what the client sends; `down`: what it is answered. */
export type Direction = "up" | "down";

const both: readonly Direction[] = ["up", "down"];

type Link = { readonly client: Socket; readonly target: Socket };

/** Stands between a process and a server on TCP, and does to the connections what networks do. */
export class TcpProxy {
  readonly #links = new Set<Link>();
  readonly #server: Server;
  readonly #target: { readonly host: string; readonly port: number };
  readonly #stalled = new Set<Direction>();
  readonly #delayMs: Record<Direction, number> = { up: 0, down: 0 };
  readonly #port: number;

  private constructor(target: { readonly host: string; readonly port: number }, port: number) {
    this.#target = target;
    this.#port = port;
    this.#server = createServer((client) => this.#join(client));
  }

  static async start(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    // Who refuses for a while must find the port free again.
    const proxy = new TcpProxy(target, await freePort());
    await proxy.#listen();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Nothing more passes in these directions, and nobody is told; what comes is kept for later. */
  stall(directions: readonly Direction[] = both): void {
    for (const direction of directions) this.#stalled.add(direction);
    for (const link of this.#links) {
      for (const direction of directions) source(link, direction).pause();
    }
  }

  /** Each piece passes this much later, in its order. */
  delay(milliseconds: number, directions: readonly Direction[] = both): void {
    for (const direction of directions) this.#delayMs[direction] = milliseconds;
  }

  /** Ends all connections by an RST, as a machine does that knows nothing of them. */
  reset(): void {
    for (const { client, target } of this.#links) {
      client.resetAndDestroy();
      target.resetAndDestroy();
    }
  }

  /** Ends all connections in the middle of what they say, as a proxy does that is restarted. */
  cut(): void {
    for (const { client, target } of this.#links) {
      client.destroy();
      target.destroy();
    }
  }

  /** Cuts, and refuses every connection until all is well. */
  async refuse(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, "close");
    this.#server.close();
    this.cut();
    await closed;
  }

  /** Takes back whatever was done. */
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
    // The other side's end follows from `close`, however this one ended.
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
