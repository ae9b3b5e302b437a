import { Hono } from "hono";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { countRequests } from "./count-requests";
import { mountOperations } from "./mount-operations";
import { openApiDocument } from "./openapi-document";
import type { Operation } from "./operation";
import { operations } from "./operations";
import { publishDocument } from "./published-document";
import { requestFacts } from "./request-facts";
import type { ApiEnv } from "./respond";
import { refuse } from "./respond";
import { unexpected } from "./unexpected";

/** The API behind the fast lane: `/v1`, `/healthz`, `/readyz`, `/metrics` and what stands under `/.well-known`. */
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
