import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyLimits } from "@/lib/api/http/read-body";
import { hasBody } from "./hold-body";

/** For the rest of a body after its answer: closing at once could cost the client the answer. */
const lingerMs = 1000;
/** From the request to the last byte of its answer. Longer than anyone's slow line needs. */
const answerPatienceMs = 120_000;

/**
 * Ends the connection of a request that goes on for too long: a body that does not end, whether or not anyone reads
 * it, and an answer that the client does not take.
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
