import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setSecurityHeaders } from "@/lib/api/http/security-headers";
import { sendProblem } from "@/lib/api/http/send";
import { failure } from "@/lib/core/result";
import { isApiPath } from "./is-api-path";
import { sendText } from "./send-text";

/** Requests of one connection behind the one being answered. */
const mostWaiting = 100;
/** A request that a client sent before it could know of the stop arrives within this. */
const crossingMs = 1000;

/**
 * Starts a connection's next request when the one before it is answered. Alone, node:http starts every request that a
 * client pipelines at once, so one connection could ask for more work than the process finishes in a stop.
 *
 * @param stoppedAt on performance.now(); null while the server serves. After a stop no waiting request starts
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
    // node:http gives a response its socket when its turn comes.
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
