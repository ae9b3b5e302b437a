import { connect } from "node:net";

// Sends requests over kept-alive connections, one at a time on each, and measures the responses. It uses plain
// sockets, because an HTTP client would take CPU time away from the server, which shares the machine's cores.

export type LoadJob = {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The request bodies; with `asKeys`, the API keys that GET requests carry. */
  readonly bodies: readonly string[];
  readonly asKeys?: true;
  /** In random order, or sequentially starting at this one. */
  readonly order: "random" | { readonly from: number };
  readonly connections: number;
  readonly milliseconds: number;
  /** Ends early, after this many requests. */
  readonly requests?: number;
  /** The maximum rate; by default as many requests as the server answers. */
  readonly perSecond?: number;
  /** A response without this text is an error. */
  readonly expect: string;
};

export type LoadResult = {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Unexpected responses. */
  readonly faults: number;
  readonly firstFault: string | null;
  /** The share of a core that the load generator used during the run. */
  readonly generatorCores: number;
};

class Run {
  readonly #job: LoadJob;
  readonly #head: string;
  readonly #latencies: number[] = [];
  readonly #begun = performance.now();
  readonly #cpu = process.cpuUsage();
  #sent = 0;
  #faults = 0;
  #firstFault: string | null = null;
  #end: (() => void) | undefined;
  #open = 0;

  constructor(job: LoadJob) {
    this.#job = job;
    const headers = Object.entries({ Host: `127.0.0.1:${job.port}`, ...job.headers });
    const method = job.asKeys ? "GET" : "POST";
    const last = job.asKeys ? "X-API-Key: " : "Content-Type: application/json\r\nContent-Length: ";
    this.#head = `${method} ${job.path} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}${last}`;
  }

  async result(): Promise<LoadResult> {
    await new Promise<void>((resolve) => {
      this.#end = resolve;
      for (let index = 0; index < this.#job.connections; index++) this.#connection();
    });
    const seconds = (performance.now() - this.#begun) / 1000;
    const { user, system } = process.cpuUsage(this.#cpu);
    const sorted = Float64Array.from(this.#latencies).sort();
    const quantile = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
    return {
      requests: sorted.length,
      perSecond: sorted.length / seconds,
      p50Ms: quantile(0.5),
      p99Ms: quantile(0.99),
      faults: this.#faults,
      firstFault: this.#firstFault,
      generatorCores: (user + system) / 1_000_000 / seconds,
    };
  }

  #connection(): void {
    const socket = connect(this.#job.port, "127.0.0.1").setNoDelay();
    this.#open++;
    let sentAt = 0;
    let received: Buffer | null = null;
    const next = () => {
      const wait = this.#waitMs();
      if (wait === null) return void socket.end();
      if (wait > 1) return void setTimeout(next, wait);
      sentAt = performance.now();
      const body = this.#nextBody();
      const rest = this.#job.asKeys ? `${body}\r\n\r\n` : `${body.length}\r\n\r\n${body}`;
      socket.write(this.#head + rest, "latin1");
    };
    socket.on("connect", next);
    socket.on("data", (chunk) => {
      const answer = received === null ? chunk : Buffer.concat([received, chunk]);
      if (!isWhole(answer)) {
        received = answer;
        return;
      }
      received = null;
      this.#latencies.push(performance.now() - sentAt);
      if (!answer.includes(this.#job.expect)) this.#fault(answer.toString("latin1"));
      next();
    });
    socket.on("error", (error) => this.#fault(error.message));
    socket.on("close", () => {
      this.#open--;
      if (this.#open === 0) this.#end?.();
    });
  }

  /** How long to wait before the next request; null once the run is over. */
  #waitMs(): number | null {
    const { milliseconds, requests = Number.POSITIVE_INFINITY, perSecond } = this.#job;
    const passed = performance.now() - this.#begun;
    if (passed >= milliseconds || this.#sent >= requests) return null;
    return perSecond === undefined ? 0 : (this.#sent / perSecond) * 1000 - passed;
  }

  #nextBody(): string {
    const { bodies, order } = this.#job;
    const index =
      order === "random"
        ? Math.floor(Math.random() * bodies.length)
        : (order.from + this.#sent) % bodies.length;
    this.#sent++;
    return bodies[index] ?? "";
  }

  #fault(what: string): void {
    this.#faults++;
    this.#firstFault ??= what.slice(0, 1000);
  }
}

const lengthHeader = /\r\ncontent-length: (\d+)/i;

function isWhole(answer: Buffer): boolean {
  const headEnd = answer.indexOf("\r\n\r\n");
  if (headEnd < 0) return false;
  const length = lengthHeader.exec(answer.toString("latin1", 0, headEnd))?.[1];
  // A response without a length is chunked; its last chunk is empty.
  if (length === undefined) return answer.toString("latin1", answer.length - 5) === "0\r\n\r\n";
  return answer.length >= headEnd + 4 + Number(length);
}

process.on("message", (job: LoadJob) => {
  new Run(job).result().then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ fault: String(error) }),
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
