import type { IncomingMessage, ServerResponse } from "node:http";
import { hasBody } from "./hold-body";

/** Time for the rest of a body after the response: closing at once could cost the client the response. */
const lingerMs = 1000;
/** From the request to the last byte of its response. More than the slowest connection needs for a page. */
const answerPatienceMs = 120_000;
/** An export takes as long as it takes, if its client reads this much of it in that time: 8 KB a second. */
const leastReadBytes = 1_000_000;

/**
 * Closes the connection of a request that takes too long: its body goes on after the response, or the client does not
 * read the response. A body that never ends is answered by its reader, so no deadline here can overtake that answer.
 */
export function limitExchange(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  const end = () => void socket.destroy();
  const read = () => socket.bytesWritten - socket.writableLength;
  let before = read();
  const look = () => {
    if (read() - before < leastReadBytes) return end();
    before = read();
    answer.refresh();
  };
  const answer = setTimeout(look, answerPatienceMs);
  response.once("close", () => clearTimeout(answer));
  if (!hasBody(request)) return;
  response.once("finish", () => {
    if (request.complete) return;
    const rest = setTimeout(end, lingerMs);
    request.once("end", () => clearTimeout(rest)).once("close", () => clearTimeout(rest));
  });
}
