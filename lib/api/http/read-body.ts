import type { IncomingMessage } from "node:http";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/** The default limits of a body: its size in bytes, and the time for all of it to arrive. */
export const bodyLimits = { bytes: 64 * 1024, ms: 10_000 };

/** Null: the client has disconnected. */
export type Body = { readonly ok: true; readonly value: Buffer } | Failure | null;

/**
 * The body of a request if all of it has arrived, as short bodies do along with the headers. Undefined while part of it
 * is missing.
 */
export function readArrivedBody(
  request: IncomingMessage,
  limits: { readonly bytes: number },
): Body | undefined {
  if (request.destroyed) return null;
  if (!request.complete || request.readableFlowing !== null) return undefined;
  const body: Buffer = request.read() ?? Buffer.alloc(0);
  return body.length > limits.bytes ? tooLarge(limits) : { ok: true, value: body };
}

/**
 * Reads a request's body and stops at the limit, whatever Content-Length says. After a failure part of the body was not
 * read, so the connection has to be closed.
 *
 * @param limits the maximum size in bytes, and the time in milliseconds for all of it to arrive
 */
export function readBody(
  request: IncomingMessage,
  limits: { readonly bytes: number; readonly ms: number },
): Promise<Body> {
  if (Number(request.headers["content-length"] ?? 0) > limits.bytes) return Promise.resolve(tooLarge(limits));

  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (body: Body) => {
      clearTimeout(timer);
      request.off("data", onData).off("end", onEnd).off("close", onClose);
      if (body === null || !body.ok) request.pause();
      resolve(body);
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > limits.bytes) settle(tooLarge(limits));
      else chunks.push(chunk);
    };
    const onEnd = () => {
      settle({ ok: true, value: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) });
    };
    const onClose = () => settle(null);
    const timer = setTimeout(() => {
      settle(failure("invalid_request", `The body did not arrive within ${limits.ms / 1000} seconds.`));
    }, limits.ms);
    request.on("data", onData).on("end", onEnd).on("close", onClose);
  });
}

function tooLarge({ bytes }: { readonly bytes: number }): Failure {
  return failure("too_large", `The body is too large: at most ${bytes} bytes are allowed.`);
}
