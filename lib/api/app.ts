import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import { Hono } from "hono";
import type { ApiEnv } from "@/lib/api/http/respond";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { countRequest } from "@/lib/metrics/counts";
import { operations } from "./all-operations";
import { openApiDocument } from "./describe/openapi-document";
import { publishDocument } from "./describe/published-document";
import { requestFacts } from "./http/request-facts";
import { refuse } from "./http/respond";
import { unexpected } from "./http/unexpected";
import { mountOperations } from "./operate/mount-operations";
import type { Operation } from "./operate/operation";

/** The API behind the fast lane: `/v1`, `/healthz`, `/readyz`, `/metrics` and `/.well-known`. */
export function createApi(list: readonly Operation[] = operations): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  api.use(countRequests);
  mountOperations(api, list);
  publishDocument(() => openApiDocument(list, env().appUrl));
  api.notFound((context) => refuse(context, failure("not_found", "There is nothing at this address.")));
  api.onError((error, context) =>
    refuse(context, unexpected(error, requestFacts(context.env.incoming).requestId)),
  );
  return api;
}

/** Counts each API request with its duration. Requests that no operation handles count as `none`. */
const countRequests: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const startedAt = performance.now();
  await next();
  const outgoing = context.env.outgoing as ServerResponse;
  const wasSent = context.res === RESPONSE_ALREADY_SENT;
  const status = wasSent ? outgoing.statusCode : context.res.status;
  countRequest(context.get("operationId") ?? "none", status, startedAt);
};
