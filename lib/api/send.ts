import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import type { Refusal } from "./problem";
import { problem } from "./problem";

const lingerMs = 1000;

export function sendJson(response: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(200, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
  });
  response.end(body);
}

export function sendProblem(response: ServerResponse, refusal: Refusal, requestId: string): void {
  const { status, headers, body } = problem(refusal, { appUrl: env().appUrl, requestId });
  response.writeHead(status, headers);
  response.end(body);
}

/**
 * Refuses a request whose body was not read to its end. Closing at once would reset the connection
 * while the client still writes, and the client could lose the answer; so the rest is thrown away for
 * a moment first.
 */
export function sendProblemAndClose(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  requestId: string,
): void {
  const { status, headers, body } = problem(refusal, { appUrl: env().appUrl, requestId });
  response.writeHead(status, { ...headers, Connection: "close" });
  response.write(body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once("end", end).once("close", end).resume();
}
