import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { env } from "@/lib/env";
import type { Outcome } from "./outcome";
import type { Refusal } from "./problem";
import { problem } from "./problem";
import { requestFacts } from "./request-facts";

export type ApiEnv = { Bindings: HttpBindings };
export type ApiContext = Context<ApiEnv>;

/** One answer for the whole API: JSON that nobody keeps, nothing at all, or a problem. */
export function respond(context: ApiContext, outcome: Outcome, status: 200 | 201 | 204): Response {
  if (!outcome.ok) return refuse(context, outcome);
  context.header("Cache-Control", "no-store");
  for (const [name, value] of Object.entries(outcome.headers ?? {})) context.header(name, value);
  if (status === 204) return context.body(null, 204);
  // Not context.json, which takes only what TypeScript can prove to be JSON.
  context.header("Content-Type", "application/json");
  return context.body(JSON.stringify(outcome.value), status);
}

export function refuse(context: ApiContext, refusal: Refusal): Response {
  const { requestId } = requestFacts(context.env.incoming);
  const { status, headers, body } = problem(refusal, { appUrl: env().appUrl, requestId });
  return context.body(body, status as ContentfulStatusCode, headers);
}
