import type { IncomingMessage } from "node:http";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import { parseToken } from "@/lib/token/format";
import { authenticateToken } from "@/lib/verify/authenticate-token";
import type { AuthenticatedKey } from "@/lib/verify/authenticated-key";
import { looksLikeAccessToken } from "@/lib/verify/read-access-token";
import { presentedToken } from "./credential";
import type { Refusal } from "./problem";
import type { RequestFacts } from "./request-facts";

/** Finds the key that a request carries. [J1, J3, P1, Y1] */
export async function authenticateRequest(
  request: IncomingMessage,
  facts: RequestFacts,
): Promise<{ readonly ok: true; readonly value: AuthenticatedKey } | Refusal> {
  const token = presentedToken(request);
  if (!token.ok) return token;
  if (token.value !== undefined && isForeign(request.headers.origin)) {
    // Before any query: what a page of another site sends must not even tell whether the key is good.
    if (parseToken(token.value)?.type === "secret") return foreignSecret;
    if (looksLikeAccessToken(token.value)) return foreignAccessToken;
  }
  const authenticated = await authenticateToken(token.value, facts.at, facts.address);
  // No better credential is asked for: this one is bound to other addresses.
  return !authenticated.ok && authenticated.code === "forbidden"
    ? { ...authenticated, withoutChallenge: true }
    : authenticated;
}

/** A browser names the page's origin; a server sends none. `null` is the origin of a page that hides its own. */
export function isForeign(origin: string | undefined): boolean {
  return origin !== undefined && origin !== env().appUrl;
}

const foreignSecret: Refusal = {
  ...failure(
    "forbidden",
    "A secret key was sent from a web page, where everyone can read it. Use a public key there, and roll this one.",
  ),
  withoutChallenge: true,
};

const foreignAccessToken: Refusal = {
  ...failure(
    "forbidden",
    "An access token was sent from a web page, where everyone can read it. Use a public key there.",
  ),
  withoutChallenge: true,
};
