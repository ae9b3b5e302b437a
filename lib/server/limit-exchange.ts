import type { IncomingMessage, ServerResponse } from "node:http";
import { hasBody } from "./hold-body";

/** Time for the rest of a body after the response: closing at once could cost the client the response. */
const lingerMs = 1000;
/** From the request to the last byte of its response. More than the slowest connection needs. */
const answerPatienceMs = 120_000;

/**
 * Closes the connection of a request that takes too long: its body goes on after the response, or the client does not
 * read the response. A body that never ends is answered by its reader, so no deadline here can overtake that answer.
 */
export function limitExchange(request: IncomingMessage, response: ServerResponse): void {
  const end = () => void request.socket.destroy();
  const answer = setTimeout(end, answerPatienceMs);
  response.once("close", () => clearTimeout(answer));
  if (!hasBody(request)) return;
  response.once("finish", () => {
    if (request.complete) return;
    const rest = setTimeout(end, lingerMs);
    request.once("end", () => clearTimeout(rest)).once("close", () => clearTimeout(rest));
  });
}
