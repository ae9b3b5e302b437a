import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { byteStream, hostileRequests, seeded } from "@/e2e/fuzz/byte-streams";
import type { Answering, RequestHead } from "@/lib/api/http/exchange";
import { loadEnv } from "@/lib/load-env";
import type { HttpServer } from "../http-server";
import { createHttpServer } from "../http-server";
import { FramedConnection } from "./framed-connection";

// Compares the framer with node:http. For any bytes, however they arrive, the framer sees the same requests and sends
// the same responses as node:http would, and then hands over every further byte.

/** The number of random streams. FRAMER_STREAMS=1000000 takes some minutes. */
const streams = Number(process.env.FRAMER_STREAMS ?? 2_000);
const seed = Number(process.env.FRAMER_SEED ?? Date.now() % 2 ** 31);
const atOnce = 200;
const secret = "0123456789abcdef0123456789abcdef";
const keepAliveSeconds = 75;

let http: HttpServer;
beforeAll(() => {
  loadEnv({ DATABASE_URL: "postgresql://localhost/latchkey", AUTH_SECRET: secret, KEY_PEPPER: secret });
  const options = { keepAliveSeconds, upgrade: null, answerFramed: null };
  http = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    const seen = see(request.socket, request);
    request.on("error", () => undefined).on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer(Buffer.concat(chunks), seen, response));
  }, options);
  http.server.keepAliveTimeout = keepAliveSeconds * 1000;
});
afterAll(() => void http.server.close());

type Seen = { readonly head: string; body: string | null };

/** A connection in memory: what was sent to the client, and the requests that a server saw. */
class Connection extends Duplex {
  readonly remoteAddress = "127.0.0.1";
  readonly seen: Seen[] = [];
  received = "";
  /** The bytes handed over to node:http. */
  handed: Buffer | null = null;
  override _read() {}
  override _write(bytes: Buffer, _: string, done: () => void) {
    this.received += bytes.toString("latin1");
    done();
  }
  override unshift(bytes: Buffer) {
    this.handed = Buffer.from(bytes);
    super.unshift(bytes);
  }
  setTimeout() {
    return this;
  }
  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once("finish", this.destroy);
  }
}

function see(socket: Socket, { method, url, headers, rawHeaders }: RequestHead): Seen {
  const seen = { head: JSON.stringify([method, url, headers, rawHeaders]), body: null };
  (socket as unknown as Connection).seen.push(seen);
  return seen;
}

function answer(body: Buffer, seen: Seen, response: Answering): void {
  seen.body = body.toString("latin1");
  setImmediate(() => {
    response.writeHead(200, ["X-Length", String(body.length), "Content-Length", "4"]);
    response.end("done");
  });
}

const onNode = (connection: Connection) =>
  void http.server.emit("connection", connection as unknown as Socket);

/** The outcome of a stream on a connection that begins in the framer, and what was handed to node:http when. */
async function withFramer(chunks: readonly Buffer[]) {
  const connection = new Connection();
  let framed = 0;
  let handedAfter: number | null = null;
  let sent = 0;
  const framing = {
    answer: (request: RequestHead, body: Buffer, response: Answering) => {
      framed++;
      answer(Buffer.from(body), see(request.socket, request), response);
    },
    handOver: () => {
      // Chunks that have not been read yet follow the bytes handed over.
      let waiting = connection.readableLength - (connection.handed?.length ?? 0);
      for (handedAfter = sent; waiting > 0; handedAfter--) waiting -= chunks[handedAfter - 1]?.length ?? 0;
      onNode(connection);
    },
    ...{ keepAliveSeconds, isStopping: false },
  };
  const framer = new FramedConnection(connection as unknown as Socket, framing, () => undefined);
  for (const chunk of chunks) {
    sent++;
    connection.push(chunk);
    await turn();
  }
  await quiet(connection);
  // A request that is incomplete by now will stay so.
  if (handedAfter === null) framer.look(performance.now() + 10_000);
  await quiet(connection);
  return { framed, handedAfter, handed: connection.handed, outcome: outcomeOf(connection) };
}

/**
 * The outcome on node:http alone, for a client that awaits the responses to the first bytes before it sends the others.
 */
async function withoutFramer(first: Buffer, others: readonly Buffer[]) {
  const connection = new Connection();
  onNode(connection);
  if (first.length > 0) connection.push(first);
  await quiet(connection);
  for (const chunk of others) {
    connection.push(chunk);
    await turn();
  }
  await quiet(connection);
  return outcomeOf(connection);
}

function outcomeOf(connection: Connection) {
  const { seen, received, destroyed, writable } = connection;
  connection.destroy();
  const responses = received
    .replace(/Date: [^\r]+/g, "Date: now")
    .replace(/X-Request-Id: [^\r]+/g, "X-Request-Id: new");
  return { seen: structuredClone(seen), responses, isOpen: !destroyed && writable };
}

/** Waits until nothing more happens. */
async function quiet(connection: Connection): Promise<void> {
  for (let calm = 0, before = ""; calm < 6; calm++) {
    await turn();
    const now = `${connection.seen.length} ${connection.received.length}`;
    if (now !== before) calm = 0;
    before = now;
  }
}

async function compare(chunks: readonly Buffer[]) {
  const { framed, handedAfter, handed, outcome } = await withFramer(chunks);
  const arrived = Buffer.concat(chunks.slice(0, handedAfter ?? chunks.length));
  const first = arrived.subarray(0, arrived.length - (handed?.length ?? 0));
  const others =
    handedAfter === null ? [] : [...(handed === null ? [] : [handed]), ...chunks.slice(handedAfter)];
  const intact = handed === null || arrived.subarray(first.length).equals(handed);
  return { framed, intact, outcome, expected: await withoutFramer(first, others) };
}

test("any bytes give the same requests and responses as without the framer", async () => {
  const random = seeded(seed);
  let framed = 0;
  for (let count = 0; count < streams; count += atOnce) {
    const several = Array.from({ length: atOnce }, () => byteStream(random));
    const compared = await Promise.all(several.map(compare));
    for (const [index, { outcome, expected, intact, framed: here }] of compared.entries()) {
      framed += here;
      const sent = several[index]?.map((chunk) => chunk.toString("latin1"));
      const of = `FRAMER_SEED=${seed}, stream ${count + index}`;
      expect({ sent, intact, ...outcome }, of).toEqual({ sent, intact: true, ...expected });
    }
  }
  // Otherwise the test compared almost nothing.
  expect(framed / streams).toBeGreaterThan(0.5);
}, 3_600_000);

test("a hostile request is left to node:http, whatever comes before it", async () => {
  const ordinary = "POST /v1/keys/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
  for (const hostile of hostileRequests) {
    for (const before of [0, 1, 2]) {
      const bytes = Buffer.from(ordinary.repeat(before) + hostile + ordinary, "latin1");
      const { framed, outcome, expected, intact } = await compare([bytes]);
      expect({ hostile, framed, intact, ...outcome }).toEqual({
        ...{ hostile, framed: before, intact: true },
        ...expected,
      });
    }
  }
});
