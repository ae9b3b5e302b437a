import type { ClientRequest } from "node:http";
import type { ClientLine, ServerLine } from "@/lib/core/keys/key-wire";
import { keyStreamVersion } from "@/lib/core/keys/key-wire";
import type { Server } from "./ask-server";
import { lineReader } from "./line-reader";

export type ConnectionEvents = {
  readonly onLine: (line: ServerLine) => void;
  /** Half a second has passed; said only while the server listens. */
  readonly onBeat: () => void;
  /** The server will not have this service's key here. Said before `onLost`. */
  readonly onRefused: (status: number) => void;
  /** Whatever the reason. Said once. */
  readonly onLost: () => void;
};

const beatMs = 500;
/** The server answers each beat; where it does not, something in between does not hand on what it says. */
const silentBeats = 10;
const farewellMs = 1000;

/** One stream to the server, from its opening to its loss. */
export class KeyConnection {
  readonly #request: ClientRequest;
  readonly #events: ConnectionEvents;
  readonly #beat: NodeJS.Timeout;
  /** Beats since anything was heard. Not time: while this process does something else, it hears nothing. */
  #silence = 0;
  #isGreeted = false;
  #isLost = false;

  constructor(server: Server, events: ConnectionEvents) {
    this.#events = events;
    const headers = { "Content-Type": "application/x-ndjson", "Transfer-Encoding": "chunked" };
    const request = server.open("/v1/keys/stream", headers);
    this.#request = request;
    request.on("response", (response) => {
      const { statusCode = 0 } = response;
      if (statusCode === 401 || statusCode === 403) events.onRefused(statusCode);
      if (statusCode !== 200) return this.drop();
      const read = lineReader((line) => this.#hear(JSON.parse(line)));
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        this.#silence = 0;
        try {
          read(text);
        } catch {
          // Not our protocol: whatever was understood of it until here is not relied on.
          this.drop();
        }
      });
      response.on("error", () => this.drop());
      response.on("end", () => this.drop());
    });
    request.on("error", () => this.drop());
    request.on("close", () => this.drop());
    request.flushHeaders();
    this.#beat = setInterval(() => this.#tick(), beatMs);
  }

  get isGreeted(): boolean {
    return this.#isGreeted && !this.#isLost;
  }

  send(line: ClientLine): void {
    if (!this.#isLost) this.#request.write(`${JSON.stringify(line)}\n`);
  }

  /** Says goodbye: call it when no copy is judged by any more. Resolves when the server has heard it, or soon. */
  async end(): Promise<void> {
    if (this.#isLost) return;
    this.send({ ended: true });
    await new Promise<void>((resolve) => {
      this.#request.once("close", resolve);
      setTimeout(resolve, farewellMs).unref();
      this.#request.end();
    });
    this.drop();
  }

  drop(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    clearInterval(this.#beat);
    this.#request.destroy();
    this.#events.onLost();
  }

  #tick(): void {
    if (++this.#silence > silentBeats) this.drop();
    else if (this.#isGreeted) this.#events.onBeat();
  }

  #hear(line: ServerLine): void {
    if (this.#isLost) return;
    if ("hello" in line) {
      if (line.hello !== keyStreamVersion) {
        this.drop();
        return;
      }
      this.#isGreeted = true;
    }
    this.#events.onLine(line);
    // Not half a second from now: every moment without a lease is asked over HTTP.
    if ("hello" in line) this.#events.onBeat();
  }
}
