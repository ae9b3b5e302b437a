import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setSecurityHeaders } from "@/lib/api/http/security-headers";
import { sendProblem } from "@/lib/api/http/send";
import { failure } from "@/lib/core/result";
import { isApiPath } from "./is-api-path";
import { sendText } from "./send-text";

/** The number of pipelined requests that may wait on one connection. */
const mostWaiting = 100;
/** A request sent before the client could know about the stop arrives within this time. */
const crossingMs = 1000;

/**
 * Starts a connection's next request after the previous one is answered. node:http alone starts all pipelined requests
 * at once, so one connection could queue more work than the process can finish before it stops.
 *
 * @param stoppedAt from performance.now(); null while the server is running. After a stop, waiting requests do not
 * start
 */
export function oneAtATime(answer: RequestListener, stoppedAt: () => number | null): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  const begin: RequestListener = (request, response) => {
    const since = stoppedAt();
    if (since === null) return answer(request, response);
    response.shouldKeepAlive = false;
    if (performance.now() - since <= crossingMs) answer(request, response);
    else refuseLate(request, response);
  };
  return (request, response) => {
    if (response.socket !== null) return begin(request, response);
    const { socket } = request;
    const ahead = waiting.get(socket) ?? 0;
    if (ahead >= mostWaiting) return void socket.destroy();
    waiting.set(socket, ahead + 1);
    // node:http assigns the socket to a response when its turn comes.
    response.once("socket", () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1);
      if (socket.destroyed) return;
      if (stoppedAt() === null) begin(request, response);
      else socket.destroySoon();
    });
  };
}

function refuseLate(request: IncomingMessage, response: ServerResponse): void {
  const detail = "Latchkey is stopping. Try again in a moment.";
  const requestId = randomUUID();
  setSecurityHeaders(response);
  response.setHeader("X-Request-Id", requestId);
  if (isApiPath(request.url)) sendProblem(response, failure("unavailable", detail), requestId);
  else sendText(request, response, 503, detail);
}
