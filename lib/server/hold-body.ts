import { IncomingMessage } from "node:http";
import type { Body } from "@/lib/api/http/read-body";
import { bodyLimits, readBody } from "@/lib/api/http/read-body";

export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

/**
 * Reads a request's whole body under the API's limits, and returns the same request with the body in memory. A slow or
 * oversized body cannot affect whoever reads it later.
 *
 * @returns null if the client disconnected
 */
export async function holdBody(
  request: IncomingMessage,
): Promise<{ readonly ok: true; readonly value: IncomingMessage } | Exclude<Body, { ok: true }>> {
  const body = await readBody(request, bodyLimits);
  if (body === null || !body.ok) return body;
  const held = new IncomingMessage(request.socket);
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  Object.assign(held, { method, url, httpVersion, httpVersionMajor, httpVersionMinor, complete: true });
  const { "transfer-encoding": _, ...headers } = request.headers;
  held.headers = { ...headers, "content-length": String(body.value.length) };
  held.rawHeaders = Object.entries(held.headers).flatMap(([name, value]) =>
    [value ?? []].flat().flatMap((one) => [name, one]),
  );
  held.push(body.value);
  held.push(null);
  return { ok: true, value: held };
}
