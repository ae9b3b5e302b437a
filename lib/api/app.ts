import { Hono } from "hono";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { openApiDocument } from "./describe/openapi-document";
import { publishDocument } from "./describe/published-document";
import { requestFacts } from "./http/request-facts";
import type { ApiEnv } from "./http/respond";
import { refuse } from "./http/respond";
import { unexpected } from "./http/unexpected";
import { countRequests } from "./operate/count-requests";
import { mountOperations } from "./operate/mount-operations";
import type { Operation } from "./operate/operation";
import { operations } from "./operations";

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
