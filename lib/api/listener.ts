import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { createApi } from "./app";
import { problem } from "./http/problem";
import { unexpected } from "./http/unexpected";

/** The API as a listener for node:http. */
export function createApiListener(
  api = createApi(),
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return getRequestListener(api.fetch, {
    // Next runs in the same process and relies on the platform's own Request and Response.
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      // The request could not be parsed (no usable Host, a backslash in the path), so it has no id yet.
      const requestId = randomUUID();
      const refusal =
        error instanceof RequestError
          ? failure("invalid_request", "The request's address or Host is not valid.")
          : unexpected(error, requestId);
      const { status, headers, body } = problem(refusal, { appUrl: env().appUrl, requestId });
      return new Response(body, { status, headers: { ...headers, "X-Request-Id": requestId } });
    },
  });
}
