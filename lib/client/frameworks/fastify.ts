import type { IncomingMessage } from "node:http";
import type { Latchkey } from "../latchkey";
import type { GuardOptions } from "./guard";
import { createGuard } from "./guard";
import { readIncoming } from "./read-incoming";

/** The parts of Fastify's request and reply that are used, which avoids depending on Fastify. */
export type FastifyRequestLike = { readonly raw: IncomingMessage; readonly ip: string };
export type FastifyReplyLike = {
  readonly code: (status: number) => unknown;
  readonly headers: (headers: Record<string, string>) => unknown;
  readonly send: (body: Buffer) => unknown;
};

/**
 * A Fastify hook that runs before the body is read: `app.addHook("onRequest", requireKey(latchkey))`, or as `onRequest`
 * of one route. The verdict is on the request: `verificationOf(request)`.
 */
export function requireKey(
  latchkey: Pick<Latchkey, "verify">,
  options: GuardOptions<FastifyRequestLike> = {},
): (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown> {
  const guard = createGuard(latchkey, options, ({ raw }: FastifyRequestLike) => raw.socket.remoteAddress);
  return async (request, reply) => {
    const answer = await guard(request, readIncoming(request.raw));
    if (answer.ok) {
      Object.assign(request, { latchkey: answer.verification });
      return undefined;
    }
    const { status, headers, body } = answer.response;
    reply.code(status);
    reply.headers(headers);
    // Fastify would add a charset to a string, and problem+json has none.
    reply.send(Buffer.from(body));
    return reply;
  };
}
