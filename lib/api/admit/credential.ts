import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { RequestHead } from "../http/exchange";

/** RFC 6750, 2.1. Scheme names are case-insensitive (RFC 9110, 11.1). */
const bearer = /^bearer(?: (.*))?$/i;

/**
 * The token that a request carries in `Authorization: Bearer` or `X-API-Key`; undefined if it carries none. Query
 * strings are not searched, since URLs end up in logs.
 */
export function presentedToken(request: RequestHead): Result<string | undefined> {
  if (isRepeated(request, "authorization")) return ambiguous;
  const authorization = bearer.exec(request.headers.authorization?.trim() ?? "")?.[1]?.trim() || undefined;
  const header = request.headers["x-api-key"];
  // Node joins repeated headers with a comma. No token contains one, so the result is malformed.
  const apiKey = (Array.isArray(header) ? header.join(", ") : header)?.trim() || undefined;
  if (authorization !== undefined && apiKey !== undefined && authorization !== apiKey) return ambiguous;
  return success(authorization ?? apiKey);
}

const ambiguous = failure("invalid_request", "The request carries more than one credential. Send one.");

/** Was this header sent more than once? Node keeps only the first, and a proxy in front may have checked the other. */
export function isRepeated({ rawHeaders }: RequestHead, name: string): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const candidate = rawHeaders[index];
    if (candidate?.length === name.length && candidate.toLowerCase() === name) count++;
  }
  return count > 1;
}
