import type { ClientRequest } from "node:http";
import type { ClientLine, ServerLine } from "@/lib/core/keys/wire/key-wire";
import { keyStreamVersion } from "@/lib/core/keys/wire/key-wire";
import type { Server } from "./ask-server";
import { lineReader } from "./line-reader";

export type ConnectionEvents = {
  readonly onLine: (line: ServerLine) => void;
  /** Called when the server has greeted, and every half second after that. */
  readonly onBeat: () => void;
  /** The server rejects this service's key, or speaks another version. Called before `onLost`. */
  readonly onRefused: (why: string) => void;
  /** The connection is lost, for any reason. Called once, with the error if there was one. */
  readonly onLost: (fault?: Error) => void;
};

const beatMs = 500;
/** The server answers each beat. After this many beats without any data, the connection is considered dead. */
const silentBeats = 10;
const farewellMs = 1000;
const notForStream =
  "Latchkey refuses the stream to this key. Local mode needs a key of the organization itself with keys:verify.";

/** One stream to the server, from when it opens until it is lost. */
export class KeyConnection {
  readonly #request: ClientRequest;
  readonly #events: ConnectionEvents;
  readonly #beat: NodeJS.Timeout;
  /** Beats since anything was received. A timeout would not work: a busy process reads nothing for a while. */
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
      if (statusCode === 401) events.onRefused("Latchkey refuses this key.");
      if (statusCode === 403) events.onRefused(notForStream);
      if (statusCode !== 200) return this.drop();
      const read = lineReader((line) => this.#hear(JSON.parse(line)));
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        this.#silence = 0;
        try {
          read(text);
        } catch {
          // This is not our protocol, so give up the connection.
          this.drop();
        }
      });
      response.on("error", (error) => this.drop(error));
      response.on("end", () => this.drop());
    });
    request.on("error", (error) => this.drop(error));
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

  /**
   * Tells the server that this client no longer uses its copies; call it only then. Resolves when the stream is closed,
   * or after a second.
   */
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

  drop(fault?: Error): void {
    if (this.#isLost) return;
    this.#isLost = true;
    clearInterval(this.#beat);
    this.#request.destroy();
    this.#events.onLost(fault);
  }

  #tick(): void {
    if (++this.#silence > silentBeats) this.drop();
    else if (this.#isGreeted) this.#events.onBeat();
  }

  #hear(line: ServerLine): void {
    if (this.#isLost) return;
    if ("hello" in line) {
      if (line.hello !== keyStreamVersion) {
        this.#events.onRefused(
          `Latchkey's stream of keys has version ${line.hello}, this client reads version ${keyStreamVersion}. Update the older one.`,
        );
        this.drop();
        return;
      }
      this.#isGreeted = true;
    }
    this.#events.onLine(line);
    // Beat at once: until there is a lease, every verification goes over HTTP.
    if ("hello" in line) this.#events.onBeat();
  }
}
