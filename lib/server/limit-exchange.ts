import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyLimits } from "@/lib/api/http/read-body";
import { hasBody } from "./hold-body";

/** Time for the rest of a body after the response: closing at once could cost the client the response. */
const lingerMs = 1000;
/** From the request to the last byte of its response. More than the slowest connection needs. */
const answerPatienceMs = 120_000;

/**
 * Closes the connection of a request that takes too long: its body never ends, even if nobody reads it, or the client
 * does not read the response.
 */
export function limitExchange(request: IncomingMessage, response: ServerResponse): void {
  const end = () => void request.socket.destroy();
  const answer = setTimeout(end, answerPatienceMs);
  response.once("close", () => clearTimeout(answer));
  if (!hasBody(request)) return;
  const body = setTimeout(end, bodyLimits.ms + lingerMs);
  request.once("end", () => clearTimeout(body)).once("close", () => clearTimeout(body));
  response.once("finish", () => {
    if (request.complete) return;
    const rest = setTimeout(end, lingerMs);
    request.once("end", () => clearTimeout(rest)).once("close", () => clearTimeout(rest));
  });
}
