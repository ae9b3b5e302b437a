import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { jsonOf } from "@/lib/core/json/json-text";
import type { OAuthFailure } from "@/lib/core/oauth-error";
import { oauthErrorStatus } from "@/lib/core/oauth-error";
import { env } from "@/lib/env";
import type { Operation } from "../operate/operation";
import type { Outcome } from "../operate/outcome";
import type { Refusal } from "./problem";
import { problem, quotable } from "./problem";
import { requestFacts } from "./request-facts";

export type ApiEnv = {
  Bindings: HttpBindings;
  Variables: {
    /** Set once an operation has been chosen. */
    operationId?: string;
  };
};
export type ApiContext = Context<ApiEnv>;

/** Writes the outcome of an operation: an answer in JSON or text, by default not cacheable; no content; or an error. */
export function respond(
  context: ApiContext,
  outcome: Outcome | OAuthFailure,
  { status, cacheSeconds, type }: Operation["answer"],
): Response {
  if (!outcome.ok) return "error" in outcome ? refuseOAuth(context, outcome) : refuse(context, outcome);
  context.header(
    "Cache-Control",
    cacheSeconds === undefined ? "no-store" : `public, max-age=${cacheSeconds}`,
  );
  for (const [name, value] of Object.entries(outcome.headers ?? {})) context.header(name, value);
  if (status === 204) return context.body(null, 204);
  // context.json only accepts types that TypeScript can prove to be JSON.
  context.header("Content-Type", type ?? "application/json");
  return context.body(type === undefined ? jsonOf(outcome.value) : String(outcome.value), status);
}

export function refuse(context: ApiContext, refusal: Refusal): Response {
  const { requestId } = requestFacts(context.env.incoming);
  const { status, headers, body } = problem(refusal, { appUrl: env().appUrl, requestId });
  return context.body(body, status as ContentfulStatusCode, headers);
}

/** RFC 6749, 5.2: the error document, and on 401 a challenge for the scheme that was used. */
function refuseOAuth(context: ApiContext, { error, description }: OAuthFailure): Response {
  const status = oauthErrorStatus[error];
  context.header("Cache-Control", "no-store");
  context.header("Content-Type", "application/json");
  const about = quotable(description);
  if (error === "invalid_client")
    context.header("WWW-Authenticate", 'Basic realm="latchkey", charset="UTF-8"');
  if (error === "invalid_token") {
    context.header(
      "WWW-Authenticate",
      `Bearer realm="latchkey", error="${error}", error_description="${about}"`,
    );
  }
  return context.body(JSON.stringify({ error, error_description: about }), status);
}
