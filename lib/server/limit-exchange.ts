import type { IncomingMessage, ServerResponse } from "node:http";
import { hasBody } from "./hold-body";

/** How long to read the rest of a body after the response. Closing at once could lose the response. */
const lingerMs = 1000;
/** The time from the request to the last byte of its response. The slowest connections can load a page in less. */
const answerPatienceMs = 120_000;
/** An export may take any time as long as its client reads this much per period, which is 8 KB a second. */
const leastReadBytes = 1_000_000;

/**
 * Closes the connection of a request that takes too long: its body continues after the response, or the client does not
 * read the response. An endless body is refused by whoever reads it, so no limit here can come before that response.
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
