import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Answering, RequestHead } from "@/lib/api/http/exchange";
import { securityHeaders } from "@/lib/api/http/security-headers";
import type { Framed, KnownHead } from "./frame";
import { frame } from "./frame";

export type Framing = {
  readonly answer: (request: RequestHead, body: Buffer, response: Answering) => void;
  /** Gives the socket to node:http for good, with all unread bytes put back. */
  readonly handOver: (socket: Socket) => void;
  readonly keepAliveSeconds: number;
  /** Once true, connections close after their current response. */
  isStopping: boolean;
};

/** Further bytes wait in the kernel while a request is answered and until its response is sent. */
const mostUnreadBytes = 64 * 1024;
/**
 * The time for a whole request, from its first byte, and for a connection's first byte. Later, node:http's limits
 * apply.
 */
const patienceMs = 2_000;
/**
 * The time for the client to read a response, and for the database. The same as node:http's limit for silent
 * connections.
 */
const silenceMs = 120_000;
/** Idle connections stay open a little longer than node:http promises to clients. */
const keepAliveBufferMs = 1_000;

/**
 * A connection whose requests are framed here, one after the other, until something else arrives. Responses are the
 * same as node:http's.
 */
export class FramedConnection implements Answering {
  readonly #socket: Socket;
  readonly #framing: Framing;
  readonly #forget: (connection: FramedConnection) => void;
  #unread: Buffer | null = null;
  #known: KnownHead | null = null;
  /** The request whose body is still arriving, so that its head is parsed only once. */
  #arriving: Framed | null = null;
  #request: RequestHead | null = null;
  #isAnswering = false;
  #hasEnded = false;
  #hasAnswered = false;
  /** The time of the last response, or of the first byte of an incomplete request, from performance.now(). */
  #since = performance.now();
  #head = "";
  statusCode = 200;

  /** @param forget called once, when the connection is closed or given to node:http */
  constructor(socket: Socket, framing: Framing, forget: (connection: FramedConnection) => void) {
    this.#socket = socket;
    this.#framing = framing;
    this.#forget = forget;
    socket.on("data", this.#receive).on("drain", this.#proceed).on("end", this.#endOfInput);
    socket.on("error", ignore).on("close", this.#close);
  }

  writeHead(status: number, headers: readonly string[]): void {
    this.statusCode = status;
    this.#head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headerText(headers)}`;
  }

  end(body: string): void {
    const socket = this.#socket;
    if (socket.destroyed) return;
    const { isStopping, keepAliveSeconds } = this.#framing;
    const connection = isStopping ? "close" : `keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}`;
    this.#isAnswering = false;
    this.#hasAnswered = true;
    this.#since = performance.now();
    socket.write(`${this.#head}Date: ${httpDate()}\r\nConnection: ${connection}\r\n\r\n${body}`);
    if (isStopping) socket.destroySoon();
    else this.#proceed();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** The bytes it keeps in memory: waiting requests, and responses that the client has not read. */
  get heldBytes(): number {
    return (this.#unread?.length ?? 0) + this.#socket.writableLength;
  }

  /** Milliseconds since the last response, or since the first byte of an incomplete request. */
  silentMs(now: number): number {
    return now - this.#since;
  }

  /** Ends whatever exceeds its time. Called every second. */
  look(now: number): void {
    const silentMs = this.silentMs(now);
    if (this.#isAnswering || this.#hasEnded || this.#socket.writableLength > 0) {
      if (silentMs > silenceMs) this.destroy();
    } else if (this.#unread !== null || !this.#hasAnswered) {
      if (silentMs > patienceMs) this.#handOver();
    } else if (silentMs > this.#framing.keepAliveSeconds * 1000 + keepAliveBufferMs) this.destroy();
  }

  /** Closes an idle connection when the server stops. */
  stop(): void {
    if (this.#isAnswering) return;
    if (this.#unread !== null && this.#socket.writableLength === 0) this.#handOver();
    else this.#socket.destroySoon();
  }

  readonly #receive = (chunk: Buffer) => {
    if (this.#unread !== null) this.#unread = Buffer.concat([this.#unread, chunk]);
    else {
      this.#unread = chunk;
      if (!this.#isAnswering) this.#since = performance.now();
    }
    if (!this.#isAnswering && !this.#socket.writableNeedDrain) this.#proceed();
    // Stop reading, so that a client that does not read its responses cannot pile up requests.
    else if (this.#unread.length > mostUnreadBytes) this.#socket.pause();
  };

  /** Starts the next request once the previous response is written and the client has read enough of it. */
  readonly #proceed = () => {
    const socket = this.#socket;
    if (this.#isAnswering || socket.writableNeedDrain || socket.destroyed) return;
    const bytes = this.#unread;
    const framed = bytes === null ? "partial" : (this.#arriving ?? frame(bytes, this.#known));
    this.#arriving = typeof framed === "object" ? framed : null;
    if (bytes !== null && this.#arriving !== null && this.#arriving.end <= bytes.length) {
      this.#begin(this.#arriving, bytes);
    } else if (this.#hasEnded) socket.end();
    else if (framed === "other") this.#handOver();
  };

  #begin({ known, bodyAt, end }: Framed, bytes: Buffer): void {
    const socket = this.#socket;
    if (known !== this.#known || this.#request === null) {
      this.#known = known;
      this.#request = { ...known.head, socket };
    }
    this.#isAnswering = true;
    this.#arriving = null;
    this.#unread = end === bytes.length ? null : bytes.subarray(end);
    if ((this.#unread?.length ?? 0) <= mostUnreadBytes && socket.isPaused()) socket.resume();
    this.#framing.answer(this.#request, bytes.subarray(bodyAt, end), this);
  }

  readonly #endOfInput = () => {
    this.#hasEnded = true;
    this.#proceed();
  };

  readonly #close = () => this.#forget(this);

  /** Puts the unread bytes back first, so that node:http continues from there. */
  #handOver(): void {
    const socket = this.#socket;
    socket.off("data", this.#receive).off("drain", this.#proceed).off("end", this.#endOfInput);
    socket.off("error", ignore).off("close", this.#close);
    this.#forget(this);
    socket.pause();
    if (this.#unread !== null) socket.unshift(this.#unread);
    this.#framing.handOver(socket);
    socket.resume();
  }
}

/** The header text of the most common response, cached. */
let usual: { readonly headers: readonly string[]; readonly text: string } = { headers: [], text: "" };

function headerText(headers: readonly string[]): string {
  const first = securityHeaders();
  if (usual.headers !== first) usual = { headers: first, text: linesOf(first, 0) };
  return first.every((text, index) => text === headers[index])
    ? usual.text + linesOf(headers, first.length)
    : linesOf(headers, 0);
}

/** @throws TypeError for anything that could start another header or response */
function linesOf(headers: readonly string[], from: number): string {
  let text = "";
  for (let index = from; index < headers.length; index += 2) {
    const value = headers[index + 1] ?? "";
    if (notInValues.test(value)) throw new TypeError(`The header ${headers[index]} has an invalid character`);
    text += `${headers[index]}: ${value}\r\n`;
  }
  return text;
}

/** RFC 9110, 5.5. */
const notInValues = /[^\t -~\x80-\xff]/;

function ignore(): void {}

let second = 0;
let date = "";

/** The Date header of a response sent now (RFC 9110, 5.6.7), computed once per second. */
function httpDate(): string {
  const current = Math.floor(Date.now() / 1000);
  if (current !== second) {
    second = current;
    date = new Date(current * 1000).toUTCString();
  }
  return date;
}
