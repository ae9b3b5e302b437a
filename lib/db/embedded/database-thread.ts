import { Duplex } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type pg from "pg";

/**
 * V8 optimizes a WebAssembly function once it has run about this many bytes of code; the default is 1.8 million.
 * PostgreSQL's largest functions pass that during a start, and optimizing each takes tens of megabytes, which the
 * compiler threads keep. This value optimizes only functions that stay in use.
 */
const optimizedAfterBytes = 1_000_000_000;

type Answer = { readonly session?: number; readonly bytes?: Uint8Array; readonly lost?: string };

/** PostgreSQL in a thread of this process (engine.mjs), so that a statement of any length blocks nothing else. */
export class DatabaseThread {
  /** The options for a pool with this thread's single session. */
  readonly pool: pg.PoolConfig = {
    stream: () => this.#connect(),
    max: 1,
    idleTimeoutMillis: 0,
    // Without these, PostgreSQL variables in the environment would apply.
    ...{ host: "embedded", user: "postgres", database: "postgres", ssl: false },
  };
  readonly #worker: Worker;
  readonly #ended: Promise<Error | null>;
  #sessions = 0;
  #isClosing = false;

  private constructor(directory: string) {
    setFlagsFromString(`--wasm-tiering-budget=${optimizedAfterBytes}`);
    // Drop this process's arguments, which may load something that the thread does not need, such as a compiler.
    this.#worker = new Worker(new URL("./engine.mjs", import.meta.url), {
      workerData: { directory },
      execArgv: [],
      resourceLimits: { stackSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    });
    let reason: unknown;
    this.#worker.on("error", (error) => {
      reason = error;
    });
    this.#worker.on("message", ({ lost }: Answer) => {
      if (lost !== undefined) reason = lost;
    });
    this.#ended = new Promise((resolve) => {
      this.#worker.on("exit", (code) => resolve(code === 0 ? null : lostDatabase(reason)));
    });
  }

  /** @throws when the files cannot be read */
  static async start(directory: string): Promise<DatabaseThread> {
    const thread = new DatabaseThread(directory);
    const ready = new Promise<void>((resolve) => {
      thread.#worker.once("message", (message) => message === "ready" && resolve());
    });
    const failed = thread.#ended.then((reason) => Promise.reject(reason));
    await Promise.race([ready, failed]);
    return thread;
  }

  /** Calls `report` if the thread ends unexpectedly, after which the database cannot be used. */
  onLost(report: (reason: Error) => void): void {
    void this.#ended.then((reason) => {
      if (reason !== null && !this.#isClosing) report(reason);
    });
  }

  /** Writes everything to disk and ends the thread. @throws if it has ended before */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#worker.postMessage("close");
    const reason = await this.#ended;
    if (reason !== null) throw reason;
  }

  /** Starts a new session, which ends the previous one. */
  #connect(): Duplex {
    this.#sessions += 1;
    return new SessionStream(this.#worker, this.#sessions);
  }
}

function lostDatabase(reason: unknown): Error {
  return new Error(`The embedded database stopped: ${reason ?? "its thread was ended"}`, { cause: reason });
}

/** What `pg` uses in place of a socket. It sends one request at a time, so at most one answer is in transit. */
class SessionStream extends Duplex {
  readonly #worker: Worker;
  readonly #session: number;

  constructor(worker: Worker, session: number) {
    super();
    this.#worker = worker;
    this.#session = session;
    worker.on("message", this.#hear);
    worker.on("exit", this.#end);
  }

  readonly #hear = ({ session, bytes }: Answer) => {
    if (session === this.#session && bytes !== undefined) this.push(bytes);
  };
  readonly #end = () => this.destroy();

  override _read(): void {}

  override _writev(chunks: readonly { chunk: Buffer }[], done: () => void): void {
    // Copy into a buffer of our own, which can be transferred to the thread. pg's chunks are parts of a larger buffer.
    const bytes = new Uint8Array(chunks.reduce((sum, { chunk }) => sum + chunk.length, 0));
    let at = 0;
    for (const { chunk } of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#worker.postMessage({ session: this.#session, bytes }, [bytes.buffer]);
    done();
  }

  override _final(done: () => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#worker.off("message", this.#hear);
    this.#worker.off("exit", this.#end);
    done(error);
  }

  connect(): this {
    const hasEnded = this.#worker.threadId === -1;
    process.nextTick(() => (hasEnded ? this.destroy() : this.emit("connect")));
    return this;
  }

  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
