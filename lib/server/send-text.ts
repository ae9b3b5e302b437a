import type { IncomingMessage, ServerResponse } from "node:http";
import { endAfterRest } from "@/lib/api/http/send";
import { hasBody } from "./hold-body";

/**
 * A refusal for a page or a person. Next's client only shows an error's text to the page if its type is exactly
 * `text/plain`.
 */
export function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  allow?: readonly string[],
): void {
  const body = `${text}\n`;
  // Do not wait for the rest of an unfinished body.
  const close = hasBody(request) && !request.complete;
  response.writeHead(status, {
    "Content-Type": "text/plain",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    ...(allow === undefined ? {} : { Allow: allow.join(", ") }),
    ...(close && { Connection: "close" }),
  });
  if (request.method !== "HEAD") response.write(body);
  if (close) endAfterRest(request, response);
  else response.end();
}
