import type { HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { env } from "@/lib/env";
import type { Refusal } from "./problem";
import { methodNotAllowed, problem } from "./problem";
import { requestFacts } from "./request-facts";

export type ApiEnv = { Bindings: HttpBindings };
export type ApiContext = Context<ApiEnv>;
export type Answer = { readonly ok: true; readonly value: object } | Refusal;

/** One answer for the whole API: JSON that nobody keeps, or a problem. */
export function respond(context: ApiContext, answer: Answer): Response {
  if (answer.ok) {
    context.header("Cache-Control", "no-store");
    return context.json(answer.value);
  }
  const { requestId } = requestFacts(context.env.incoming);
  const { status, headers, body } = problem(answer, { appUrl: env().appUrl, requestId });
  return context.body(body, status as ContentfulStatusCode, headers);
}

/**
 * Adds an address that is read. HEAD is answered as GET without the body; every other method is refused
 * by name.
 *
 * @param reach `any-origin` lets the pages of every site ask, which a public key is made for [J1]
 */
export function addRead(
  api: Hono<ApiEnv>,
  path: string,
  reach: "any-origin" | "same-origin",
  answer: (context: ApiContext) => Promise<Answer> | Answer,
): void {
  const anyOrigin = reach === "any-origin";
  api.get(path, async (context) => {
    if (anyOrigin) allowAnyOrigin(context);
    return respond(context, await answer(context));
  });
  if (anyOrigin) api.options(path, preflight);
  const allow = anyOrigin ? ["GET", "HEAD", "OPTIONS"] : ["GET", "HEAD"];
  api.all(path, (context) => respond(context, methodNotAllowed(allow)));
}

/**
 * `*` and never credentials: a browser then attaches nothing by itself, so another site's page can say only
 * what it knows, which is a public key at most. Problems carry it too, or the page could not read them.
 */
function allowAnyOrigin(context: ApiContext): void {
  context.header("Access-Control-Allow-Origin", "*");
  context.header("Access-Control-Expose-Headers", "X-Request-Id, WWW-Authenticate");
}

function preflight(context: ApiContext): Response {
  context.header("Access-Control-Allow-Origin", "*");
  context.header("Access-Control-Allow-Methods", "GET, HEAD");
  context.header("Access-Control-Allow-Headers", "Authorization, X-API-Key, X-Request-Id");
  context.header("Access-Control-Max-Age", "7200");
  context.header("Cache-Control", "no-store");
  return context.body(null, 204);
}
