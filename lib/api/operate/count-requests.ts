import type { ServerResponse } from "node:http";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import { countRequest } from "@/lib/metrics/counts";
import type { ApiEnv } from "../http/respond";

/** Counts each request of the API, with its duration. A request that no operation took counts as `none`. */
export const countRequests: MiddlewareHandler<ApiEnv> = async (context, next) => {
  const startedAt = performance.now();
  await next();
  const outgoing = context.env.outgoing as ServerResponse;
  const wasSent = context.res === RESPONSE_ALREADY_SENT;
  const status = wasSent ? outgoing.statusCode : context.res.status;
  countRequest(context.get("operationId") ?? "none", status, startedAt);
};
