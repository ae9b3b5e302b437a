import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { clientAddress } from "./client-address";

const saneRequestId = /^[A-Za-z0-9._-]{1,128}$/;

/**
 * Sets the headers that every handler relies on and that must not come from the client: the trusted client address
 * (`x-latchkey-address`) and the request id (`x-request-id`), which the response carries too.
 */
export function markRequest(
  request: IncomingMessage,
  response: ServerResponse,
  trustedProxies: readonly string[],
): void {
  setHeader(request, "x-latchkey-address", addressOf(request, trustedProxies));
  const requestId = requestIdOf(request);
  setHeader(request, "x-request-id", requestId);
  response.setHeader("X-Request-Id", requestId);
}

/** The client's own id if it is acceptable, otherwise a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && saneRequestId.test(given) ? given : randomUUID();
}

/** A connection has the same peer for all its requests. */
const peers = new WeakMap<Socket, string>();

/** The trusted client address; empty if there is none. */
export function addressOf(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  trustedProxies: readonly string[],
): string {
  const forwarded = headers["x-forwarded-for"];
  if (forwarded !== undefined && trustedProxies.length > 0) {
    const hops = Array.isArray(forwarded) ? forwarded.join(",") : forwarded;
    return clientAddress(socket.remoteAddress, hops, trustedProxies);
  }
  let peer = peers.get(socket);
  if (peer === undefined) {
    peer = clientAddress(socket.remoteAddress, undefined, trustedProxies);
    peers.set(socket, peer);
  }
  return peer;
}

/** Sets both forms: Next reads `headers`, Hono's listener reads `rawHeaders`. */
function setHeader({ headers, rawHeaders }: IncomingMessage, name: string, value: string): void {
  if (headers[name] !== undefined) {
    for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
      if (rawHeaders[index]?.toLowerCase() === name) rawHeaders.splice(index, 2);
    }
  }
  headers[name] = value;
  rawHeaders.push(name, value);
}
