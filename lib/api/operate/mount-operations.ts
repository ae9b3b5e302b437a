import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Hono } from "hono";
import type { OAuthFailure } from "@/lib/core/oauth-error";
import { allowAnyOrigin, preflight } from "../http/cross-origin";
import { methodNotAllowed } from "../http/problem";
import { requestFacts } from "../http/request-facts";
import type { ApiContext, ApiEnv } from "../http/respond";
import { refuse, respond } from "../http/respond";
import { sendProblemAndClose } from "../http/send";
import type { Operation } from "./operation";
import type { Outcome } from "./outcome";

/**
 * Mounts the operations. HEAD is answered like GET without the body, and OPTIONS at paths that any origin may call.
 * Other methods are refused with a list of supported ones.
 */
export function mountOperations(api: Hono<ApiEnv>, operations: readonly Operation[]): void {
  const paths = [...new Set(operations.map(({ path }) => path))];
  // Sorted, because `/v1/keys/{id}` would also match `/v1/keys/verify`.
  for (const path of paths.sort((a, b) => places(a) - places(b))) {
    const here = operations.filter((operation) => operation.path === path);
    const pattern = path.replaceAll(/\{(\w+)\}/g, ":$1");
    for (const operation of here) {
      const { run } = operation;
      if (run === null) continue;
      api.on(operation.method.toUpperCase(), pattern, async (context) => {
        context.set("operationId", operation.operationId);
        if (operation.reach === "any-origin") allowAnyOrigin(context);
        // RFC 6749, 5.1, requires this besides Cache-Control.
        if (operation.dialect === "oauth") context.header("Pragma", "no-cache");
        const { incoming } = context.env;
        // This server only speaks HTTP/1.1.
        const outgoing = context.env.outgoing as ServerResponse;
        const params = context.req.param() as Record<string, string>;
        const facts = requestFacts(incoming);
        const outcome = await run({ incoming, outgoing, facts, url: context.req.url, params });
        return answer(context, operation, outcome);
      });
    }
    const anyOrigin = here.some(({ reach }) => reach === "any-origin");
    if (anyOrigin) api.options(pattern, preflight(here));
    const refusal = methodNotAllowed([...methods(here), ...(anyOrigin ? ["OPTIONS"] : [])]);
    api.all(pattern, (context) => refuse(context, refusal));
  }
}

function answer(context: ApiContext, operation: Operation, outcome: Outcome | OAuthFailure | null): Response {
  // The client has disconnected.
  if (outcome === null) return RESPONSE_ALREADY_SENT;
  if (!outcome.ok && "bodyIsUnread" in outcome) {
    const { incoming, outgoing } = context.env;
    const { requestId } = requestFacts(incoming);
    sendProblemAndClose(incoming, outgoing as ServerResponse, outcome, requestId);
    return RESPONSE_ALREADY_SENT;
  }
  return respond(context, outcome, operation.answer);
}

function methods(operations: readonly Operation[]): string[] {
  return operations.flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]));
}

function places(path: string): number {
  return path.split("{").length;
}
