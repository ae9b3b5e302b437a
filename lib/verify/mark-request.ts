import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { clientAddress } from "./client-address";

const saneRequestId = /^[A-Za-z0-9._-]{1,128}$/;

/**
 * Writes on the request what every door behind needs and must not take from the client: the trusted
 * client address (`x-latchkey-address`) and a request id (`x-request-id`: the client's when it is sane,
 * else a new one), which the response carries too.
 */
export function markRequest(
  request: IncomingMessage,
  response: ServerResponse,
  trustedProxies: readonly string[],
): void {
  const { headers, socket } = request;
  const forwarded = headers["x-forwarded-for"];
  const address = clientAddress(
    socket.remoteAddress,
    Array.isArray(forwarded) ? forwarded.join(",") : forwarded,
    trustedProxies,
  );
  setHeader(request, "x-latchkey-address", address);
  const given = headers["x-request-id"];
  const requestId = typeof given === "string" && saneRequestId.test(given) ? given : randomUUID();
  setHeader(request, "x-request-id", requestId);
  response.setHeader("X-Request-Id", requestId);
}

/** In both forms: Next reads `headers`, Hono's listener reads `rawHeaders`. */
function setHeader(request: IncomingMessage, name: string, value: string): void {
  request.headers[name] = value;
  const raw = request.rawHeaders;
  for (let index = raw.length - 2; index >= 0; index -= 2) {
    if (raw[index]?.toLowerCase() === name) raw.splice(index, 2);
  }
  raw.push(name, value);
}
