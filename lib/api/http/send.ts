import type { IncomingMessage, ServerResponse } from "node:http";
import { jsonOf } from "@/lib/core/json/json-text";
import { env } from "@/lib/env";
import type { Answering } from "./exchange";
import type { Refusal } from "./problem";
import { problem } from "./problem";
import { RawHeaders } from "./raw-headers";

const lingerMs = 1000;

/** @param headers further response headers */
export function sendJson(response: Answering, value: unknown, headers: RawHeaders): void {
  const body = jsonOf(value);
  headers
    .setHeader("Content-Type", "application/json")
    .setHeader("Content-Length", String(Buffer.byteLength(body)))
    .setHeader("Cache-Control", "no-store");
  response.writeHead(200, headers.list);
  response.end(body);
}

/** @param headers response headers besides the problem's own */
export function sendProblem(
  response: Answering,
  refusal: Refusal,
  requestId: string,
  headers = new RawHeaders(),
): void {
  const { status, body } = addProblem(refusal, requestId, headers);
  response.writeHead(status, headers.list);
  response.end(body);
}

/** Adds the problem's headers to `headers`. */
function addProblem(refusal: Refusal, requestId: string, headers: RawHeaders) {
  const { status, headers: own, body } = problem(refusal, { appUrl: env().appUrl, requestId });
  for (const [name, value] of Object.entries(own)) headers.setHeader(name, value);
  return { status, body };
}

/**
 * Refuses a request whose body was not read to its end. Closing at once would reset the connection while the client is
 * still writing, and the client could lose the answer; so the rest is read and discarded for a moment first.
 */
export function sendProblemAndClose(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  requestId: string,
  headers = new RawHeaders(),
): void {
  const { status, body } = addProblem(refusal, requestId, headers);
  response.writeHead(status, headers.setHeader("Connection", "close").list);
  response.write(body);
  endAfterRest(request, response);
}

/** Ends a response. Closes the connection once the rest of the request was discarded, or after a moment. */
export function endAfterRest(request: IncomingMessage, response: ServerResponse): void {
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once("end", end).once("close", end).resume();
}
