import { Hono } from "hono";
import { failure } from "@/lib/core/result";
import { methodNotAllowed } from "./problem";
import { requestFacts } from "./request-facts";
import type { ApiEnv } from "./respond";
import { addRead, respond } from "./respond";
import { answerHealth, answerReadiness } from "./routes/health";
import { answerMe } from "./routes/me";
import { answerOrganizations } from "./routes/organizations";
import { unexpected } from "./unexpected";

/** The API behind the fast lane: `/v1`, `/healthz` and `/readyz`. */
export function createApi(): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  addRead(api, "/healthz", "same-origin", answerHealth);
  addRead(api, "/readyz", "same-origin", answerReadiness);
  addRead(api, "/v1/me", "any-origin", answerMe);
  addRead(api, "/v1/organizations", "any-origin", answerOrganizations);
  // POST never comes here: the fast lane took it.
  api.all("/v1/keys/verify", (context) => respond(context, methodNotAllowed(["POST"])));
  api.notFound((context) => respond(context, failure("not_found", "There is nothing at this address.")));
  api.onError((error, context) =>
    respond(context, unexpected(error, requestFacts(context.env.incoming).requestId)),
  );
  return api;
}
