import type { IncomingMessage } from "node:http";
import type { GuardedRequest } from "./guard";

/**
 * Reads a Node request. Node keeps only the first of two Authorization headers, and a proxy may have checked the other.
 */
export function readIncoming(request: Pick<IncomingMessage, "headers" | "rawHeaders">): GuardedRequest {
  const { headers } = request;
  return {
    authorization: headers.authorization,
    apiKey: joined(headers["x-api-key"]),
    requestId: joined(headers["x-request-id"]),
    isAmbiguous: count(request.rawHeaders, "authorization") > 1,
  };
}

function joined(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(", ") : header;
}

function count(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === name).length;
}
