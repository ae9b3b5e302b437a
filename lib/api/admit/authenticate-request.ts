import type { IncomingMessage } from "node:http";
import type { Awaitable } from "@/lib/core/awaitable";
import { whenKnown } from "@/lib/core/awaitable";
import type { Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { parseToken } from "@/lib/token/format";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import { looksLikeAccessToken } from "@/lib/verify/verdict/read-access-token";
import type { Refusal } from "../http/problem";
import type { RequestFacts } from "../http/request-facts";
import { presentedToken } from "./credential";

/** Authentication results by address and token, shared by the requests of one batch. */
export type FoundCallers = Map<string, Awaitable<Result<AuthenticatedKey>>>;

/**
 * Authenticates the key of a request.
 *
 * @param found the results so far in this batch, whose requests mostly come from a few callers
 */
export function authenticateRequest(
  request: IncomingMessage,
  facts: RequestFacts,
  found?: FoundCallers,
): Awaitable<{ readonly ok: true; readonly value: AuthenticatedKey } | Refusal> {
  const token = presentedToken(request);
  if (!token.ok) return token;
  if (token.value !== undefined && isForeign(request.headers.origin)) {
    // This comes before any query: a page of another site must not even learn whether the key is valid.
    if (parseToken(token.value)?.type === "secret") return foreignSecret;
    if (looksLikeAccessToken(token.value)) return foreignAccessToken;
  }
  const authenticated =
    found === undefined || token.value === undefined
      ? authenticateToken(token.value, facts.at, facts.address)
      : authenticateOnce(token.value, facts, found);
  return whenKnown(authenticated, challenged);
}

/** Leaves out the challenge if the key is bound to other addresses, where another credential would not help. */
function challenged(
  authenticated: Result<AuthenticatedKey>,
): { readonly ok: true; readonly value: AuthenticatedKey } | Refusal {
  return !authenticated.ok && authenticated.code === "forbidden"
    ? { ...authenticated, withoutChallenge: true }
    : authenticated;
}

/** A refusal is not reused, since each one is counted. */
function authenticateOnce(token: string, { at, address }: RequestFacts, found: FoundCallers) {
  const name = `${address} ${token}`;
  return whenKnown(found.get(name), (known) => {
    if (known?.ok) return known;
    const authenticated = authenticateToken(token, at, address);
    found.set(name, authenticated);
    return authenticated;
  });
}

/**
 * Was this sent by another site's page? A browser sends the page's origin; a server sends none. `null` is the origin of
 * a page that hides its own.
 */
export function isForeign(origin: string | undefined): boolean {
  return origin !== undefined && origin !== env().appUrl;
}

const foreignSecret: Refusal = {
  ...failure(
    "forbidden",
    "A secret key was sent from a web page, where anyone can read it. Use a public key there, and roll this one.",
  ),
  withoutChallenge: true,
};

const foreignAccessToken: Refusal = {
  ...failure(
    "forbidden",
    "An access token was sent from a web page, where anyone can read it. Use a public key there.",
  ),
  withoutChallenge: true,
};
