import type { Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { parseToken } from "@/lib/token/format";
import type { Loaded } from "@/lib/verify/memory/loaded";
import { onceLoaded } from "@/lib/verify/memory/loaded";
import { authenticateNow } from "@/lib/verify/verdict/authenticate-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import { looksLikeAccessToken } from "@/lib/verify/verdict/read-access-token";
import type { RequestHead } from "../http/exchange";
import type { Refusal } from "../http/problem";
import type { RequestFacts } from "../http/request-facts";
import { presentedToken } from "./credential";

/** The callers that were already authenticated in this batch, by address and token. */
export type FoundCallers = Map<string, Result<AuthenticatedKey>>;

/**
 * Authenticates the key of a request.
 *
 * @param found the callers authenticated so far in this batch, whose requests mostly come from a few
 * @returns undefined if something has to be loaded first
 */
export function authenticateRequest(
  request: RequestHead,
  facts: RequestFacts,
  loaded: Loaded,
  found?: FoundCallers,
): { readonly ok: true; readonly value: AuthenticatedKey } | Refusal | undefined {
  const token = presentedToken(request);
  if (!token.ok) return token;
  if (token.value !== undefined && isForeign(request.headers.origin)) {
    // Refuse before any query: another site's page must not even learn whether the key is valid.
    if (parseToken(token.value)?.type === "secret") return foreignSecret;
    if (looksLikeAccessToken(token.value)) return foreignAccessToken;
  }
  const name = `${facts.address} ${token.value}`;
  const known = found?.get(name);
  if (known !== undefined) return known;
  const from = { address: facts.address, client: facts.userAgent };
  const authenticated = authenticateNow(token.value, facts.at, from, loaded);
  // Refusals are not shared, since each one is counted.
  if (authenticated?.ok === true) found?.set(name, authenticated);
  // A better credential would not help a key that is bound to other addresses.
  return authenticated?.ok === false && authenticated.code === "forbidden"
    ? { ...authenticated, withoutChallenge: true }
    : authenticated;
}

/**
 * Authenticates an admitted request once more, when its work begins. Its credential may have ended while its body
 * arrived, or while it waited for its turn. It is not counted twice.
 */
export function authenticateAgain(
  request: RequestHead,
  facts: RequestFacts,
): Promise<{ readonly ok: true; readonly value: AuthenticatedKey } | Refusal> {
  return onceLoaded((loaded) => authenticateRequest(request, facts, loaded));
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
