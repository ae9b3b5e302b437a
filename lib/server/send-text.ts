import type { IncomingMessage, ServerResponse } from "node:http";
import { endAfterRest } from "@/lib/api/http/send";
import { hasBody } from "./hold-body";

/**
 * A refusal for a page or a person. Next's client shows an error's text to the page only when its type is
 * exactly `text/plain`.
 */
export function sendText(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
  allow?: readonly string[],
): void {
  const body = `${text}\n`;
  // A body of which something is still to come is not worth waiting for.
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
