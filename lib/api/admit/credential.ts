import type { IncomingMessage } from "node:http";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";

/** RFC 6750, 2.1; the name of a scheme is case-insensitive (RFC 9110, 11.1). */
const bearer = /^bearer(?: (.*))?$/i;

/**
 * The token that a request carries: `Authorization: Bearer`, or `X-API-Key`. Undefined when it carries none;
 * tokens in a query string are not looked for, since addresses end up in logs.
 */
export function presentedToken(request: IncomingMessage): Result<string | undefined> {
  if (isRepeated(request, "authorization")) return ambiguous;
  const authorization = bearer.exec(request.headers.authorization?.trim() ?? "")?.[1]?.trim() || undefined;
  const header = request.headers["x-api-key"];
  // Node joins what was sent twice; a comma is no part of a token, so that is a malformed one.
  const apiKey = (Array.isArray(header) ? header.join(", ") : header)?.trim() || undefined;
  if (authorization !== undefined && apiKey !== undefined && authorization !== apiKey) return ambiguous;
  return success(authorization ?? apiKey);
}

const ambiguous = failure("invalid_request", "The request carries more than one credential. Send one.");

/** Node keeps the first of two and drops the other, of which a proxy in front may have checked the other. */
export function isRepeated({ rawHeaders }: IncomingMessage, name: string): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const candidate = rawHeaders[index];
    if (candidate?.length === name.length && candidate.toLowerCase() === name) count++;
  }
  return count > 1;
}
