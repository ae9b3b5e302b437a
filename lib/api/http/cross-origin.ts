import type { Operation } from "../operate/operation";
import type { ApiContext } from "./respond";

/** Response headers that a page may read. */
const exposed = ["X-Request-Id", "WWW-Authenticate", "RateLimit", "RateLimit-Policy", "Retry-After"];

/**
 * Allows any origin, but no credentials: browsers then add none, so another site's page can only send a key that it
 * knows, which is a public one at most. Problems carry these headers too, or the page could not read them.
 */
export function allowAnyOrigin(context: ApiContext): void {
  context.header("Access-Control-Allow-Origin", "*");
  context.header("Access-Control-Expose-Headers", exposed.join(", "));
}

/** Answers a preflight request at a path that any origin may call. */
export function preflight(operations: readonly Operation[]): (context: ApiContext) => Response {
  const methods = operations
    .filter((operation) => operation.reach === "any-origin")
    .flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]));
  return (context) => {
    context.header("Access-Control-Allow-Origin", "*");
    context.header("Access-Control-Allow-Methods", methods.join(", "));
    context.header("Access-Control-Allow-Headers", "Authorization, X-API-Key, X-Request-Id");
    context.header("Access-Control-Max-Age", "7200");
    context.header("Cache-Control", "no-store");
    return context.body(null, 204);
  };
}
