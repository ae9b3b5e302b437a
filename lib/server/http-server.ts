import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { createServer, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { securityHeaders, setSecurityHeaders } from "@/lib/api/http/security-headers";
import type { Framing } from "./framer/framed-connection";
import { Framer } from "./framer/framer";
import { oneAtATime } from "./one-at-a-time";
import { sendText } from "./send-text";

/** The time for all headers of a request, from its first byte, and for a connection's first byte. */
const headersPatienceMs = 20_000;
/** Idle time during a request, in both directions. A key stream sends something every second. */
const silenceMs = 120_000;
/** To notice peers that disappeared without closing. */
const probeAfterMs = 60_000;

export type Upgrade = (request: IncomingMessage, socket: Socket, head: Buffer) => void;

type Options = {
  readonly keepAliveSeconds: number;
  readonly upgrade: Upgrade | null;
  readonly answerFramed: Framing["answer"] | null;
};

export type HttpServer = {
  readonly server: Server;
  /** Every open connection, including upgraded ones, which node:http no longer tracks. */
  readonly connections: ReadonlySet<Socket>;
  /** From now on, answer only requests that were sent before the client could know about the stop. */
  readonly startNothing: () => void;
};

/**
 * The only server of the process. All connection handling is here: adding a listener elsewhere is an error, because a
 * single `upgrade` listener hijacks every client that merely offers HTTP/2.
 *
 * @param upgrade for WebSockets in development; without it an Upgrade is ignored, as RFC 9110, 7.8, allows
 * @param answerFramed for the requests that the framer takes; null if node:http parses them all
 */
export function createHttpServer(
  answer: RequestListener,
  { keepAliveSeconds, upgrade, answerFramed }: Options,
): HttpServer {
  const server = createServer({
    keepAliveTimeout: keepAliveSeconds * 1000,
    headersTimeout: headersPatienceMs,
    // A key stream's request lasts for days. limit-exchange.ts limits all other bodies.
    requestTimeout: 0,
    connectionsCheckingInterval: 5000,
    keepAlive: true,
    keepAliveInitialDelay: probeAfterMs,
    // The door refuses it, with a response in the usual format.
    requireHostHeader: false,
  });
  server.setTimeout(silenceMs);
  const framer = answerFramed && framedFirst(server, { answer: answerFramed, keepAliveSeconds });
  const connections = new Set<Socket>();
  server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  let stoppedAt: number | null = null;
  server.on(
    "request",
    oneAtATime(answer, () => stoppedAt),
  );
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    setSecurityHeaders(response);
    response.setHeader("X-Request-Id", randomUUID());
    sendText(request, response, 417, "The only expectation that can be met is 100-continue.");
  });
  server.on("connect", (_request, socket) => endWith(socket as Socket, 405, "This is not a proxy."));
  server.on("clientError", refuseMalformed);
  if (upgrade !== null) server.on("upgrade", upgradeOrAnswer(server, upgrade));
  refuseOtherListeners(server);
  const startNothing = () => {
    stoppedAt ??= performance.now();
    framer?.stop();
  };
  return { server, connections, startNothing };
}

/** Starts connections in the framer instead of node:http, whose own listener may get them later. */
function framedFirst(server: Server, framing: Pick<Framing, "answer" | "keepAliveSeconds">): Framer {
  const [takeByNode] = server.listeners("connection");
  const framer = new Framer({ ...framing, handOver: (socket) => takeByNode?.call(server, socket) });
  server.removeAllListeners("connection").on("connection", (socket) => framer.take(socket));
  server.once("close", () => framer.stop());
  return framer;
}

const ours = [
  "request",
  "connection",
  "upgrade",
  "connect",
  "clientError",
  "checkContinue",
  "checkExpectation",
];

function refuseOtherListeners(server: Server): void {
  server.on("newListener", (event) => {
    if (typeof event === "string" && ours.includes(event))
      throw new Error(`Only http-server.ts listens to "${event}"`);
  });
}

const malformed: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The request's headers are too large."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "The request's chunk extensions are too large."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request's headers did not arrive in time."],
};

/** Input that node:http cannot parse as HTTP has no request or response object. */
function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  const answering = (socket as Socket & { _httpMessage?: ServerResponse | null })._httpMessage;
  // In the middle of another response, the client would read this as part of that one.
  if (!socket.writable || error.code === "ECONNRESET" || answering?.headersSent) return void socket.destroy();
  const [status, text] = malformed[error.code ?? ""] ?? [400, "The request is not valid HTTP/1.1."];
  endWith(socket, status, text);
}

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Content Too Large",
  431: "Request Header Fields Too Large",
};

function endWith(socket: Socket, status: number, text: string): void {
  const body = `${text}\n`;
  const headers = [
    ...["Content-Type", "text/plain", "Content-Length", String(Buffer.byteLength(body))],
    ...["Cache-Control", "no-store", "Connection", "close", "X-Request-Id", randomUUID()],
    ...(status === 405 ? ["Allow", "GET, HEAD, POST"] : []),
    ...securityHeaders(),
  ];
  let head = `HTTP/1.1 ${status} ${reasons[status]}\r\n`;
  for (let index = 0; index < headers.length; index += 2)
    head += `${headers[index]}: ${headers[index + 1]}\r\n`;
  socket.on("error", () => undefined);
  socket.end(`${head}\r\n${body}`);
  socket.destroySoon();
}

/** node:http passes on every request with an Upgrade; those not for a WebSocket get a normal response. */
function upgradeOrAnswer(server: Server, upgrade: Upgrade): Upgrade {
  return (request, socket, head) => {
    if (request.headers.upgrade?.toLowerCase() === "websocket") return upgrade(request, socket, head);
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once("finish", () => socket.destroySoon());
    server.emit("request", request, response);
  };
}
