import type { IncomingMessage, ServerResponse } from "node:http";
import type { Latchkey } from "../latchkey";
import type { GuardOptions } from "./guard";
import { createGuard } from "./guard";
import { readIncoming } from "./read-incoming";

/**
 * A middleware for Express, Connect and everything else that calls `(request, response, next)`. With plain `node:http`,
 * pass your handler as `next`. The verdict is on the request: `verificationOf(request)`.
 */
export function requireKey<Incoming extends IncomingMessage>(
  latchkey: Pick<Latchkey, "verify">,
  options: GuardOptions<Incoming> = {},
): (request: Incoming, response: ServerResponse, next: (error?: unknown) => void) => void {
  const guard = createGuard(latchkey, options, ({ socket }: Incoming) => socket.remoteAddress);
  return (request, response, next) => {
    guard(request, readIncoming(request)).then((answer) => {
      if (answer.ok) {
        Object.assign(request, { latchkey: answer.verification });
        next();
        return;
      }
      const { status, headers, body } = answer.response;
      response.writeHead(status, headers);
      response.end(body);
    }, next);
  };
}
