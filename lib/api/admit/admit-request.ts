import type { IncomingMessage } from "node:http";
import type { Awaitable } from "@/lib/core/awaitable";
import { whenKnown } from "@/lib/core/awaitable";
import type { RateState } from "@/lib/core/cell-rate";
import type { OAuthResult } from "@/lib/core/oauth-error";
import { failure } from "@/lib/core/result";
import { addressSubject } from "@/lib/services/throttle/address-subject";
import { authenticateClient } from "@/lib/services/tokens/authenticate-client";
import { parseToken } from "@/lib/token/format";
import type { RateLimit } from "@/lib/verify/limits/rate-limit";
import { rateLimitHeader, rateLimitPolicyHeader } from "@/lib/verify/limits/rate-limit";
import { takeFromKey } from "@/lib/verify/limits/take-from-key";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type { Refusal } from "../http/problem";
import type { RequestFacts } from "../http/request-facts";
import type { FoundCallers } from "./authenticate-request";
import { authenticateRequest } from "./authenticate-request";
import type { ClientFields } from "./client-credentials";
import { clientCredentials } from "./client-credentials";
import { presentedToken } from "./credential";
import { rateLimits } from "./rate-limits";
import { recordCaller } from "./record-caller";

/** Receives the headers of a response. */
export type HeaderTarget = { readonly setHeader: (name: string, value: string) => unknown };

export type Exchange = { readonly incoming: IncomingMessage; readonly outgoing: HeaderTarget };

/**
 * Authenticates the key of a request, unless the key sent too many requests or its address too many bad credentials.
 *
 * @returns synchronously when nothing has to be loaded
 */
export function admitRequest(
  { incoming, outgoing }: Exchange,
  facts: RequestFacts,
  limit: RateLimit,
  found?: FoundCallers,
): Awaitable<{ readonly ok: true; readonly value: AuthenticatedKey } | Refusal> {
  const tooMany = failuresOf(() => presentedKeyId(incoming), facts);
  if (tooMany !== null) return tooManyRequests(outgoing, rateLimits.failures, tooMany);
  return whenKnown(authenticateRequest(incoming, facts, found), (authenticated) => {
    if (!authenticated.ok) {
      if (authenticated.code.startsWith("key_")) rateLimits.failures.take(addressSubject(facts.address));
      return authenticated;
    }
    const counted = countKey(outgoing, authenticated.value, facts, limit);
    return whenKnown(counted, (refusal) => refusal ?? authenticated);
  });
}

/** Like admitRequest, for a key that authenticates as an OAuth client, under the same limits. */
export async function admitClient(
  { incoming, outgoing }: Exchange,
  facts: RequestFacts,
  fields: ClientFields,
): Promise<OAuthResult<AuthenticatedKey> | Refusal> {
  const credentials = clientCredentials(incoming, fields);
  if (!credentials.ok) return credentials;
  const tooMany = failuresOf(() => parseToken(credentials.value.secret)?.keyId, facts);
  if (tooMany !== null) return tooManyRequests(outgoing, rateLimits.failures, tooMany);
  const client = await authenticateClient(credentials.value, facts.at, facts.address);
  if (!client.ok) {
    if ("code" in client) return { ...client, withoutChallenge: true };
    rateLimits.failures.take(addressSubject(facts.address));
    return client;
  }
  return (await countKey(outgoing, client.value, facts, rateLimits.key)) ?? client;
}

/**
 * Takes one request from the node's limit for a key, and one from the key's own limit if it has one. Returns null
 * unless one of them is used up. Records the use, except when the node's limit refuses it.
 */
function countKey(
  outgoing: HeaderTarget,
  caller: AuthenticatedKey,
  facts: RequestFacts,
  limit: RateLimit,
): Awaitable<Refusal | null> {
  const { id, rateLimit } = caller.key;
  const state = limit.take(id);
  if (!state.allowed) return tooManyRequests(outgoing, limit, state);
  if (rateLimit === null) {
    setRateLimitHeaders(outgoing, limit, state);
    recordCaller(caller, facts);
    return null;
  }
  return whenKnown(takeFromKey(id, rateLimit), (own) => {
    const policy = { name: "own", quota: rateLimit.requests, windowSeconds: rateLimit.seconds };
    recordCaller(caller, facts, own.allowed ? "VALID" : "RATE_LIMITED");
    if (!own.allowed) return tooManyRequests(outgoing, { policy }, own);
    setRateLimitHeaders(outgoing, { policy }, own);
    return null;
  });
}

/** Null, or a refusal if the address sent too many requests without a credential. */
export function admitAddress(outgoing: HeaderTarget, facts: RequestFacts): Refusal | null {
  const state = rateLimits.address.take(addressSubject(facts.address));
  if (!state.allowed) return tooManyRequests(outgoing, rateLimits.address, state);
  setRateLimitHeaders(outgoing, rateLimits.address, state);
  return null;
}

/**
 * Null unless the address has used up its failures. A key that was valid here a moment ago is let through all the same:
 * behind an untrusted proxy all clients have one address, and one of them with a revoked key must not lock out the
 * rest.
 */
function failuresOf(presented: () => string | undefined, facts: RequestFacts): RateState | null {
  const { failures, key, verify } = rateLimits;
  if (!failures.isUsed) return null;
  const state = failures.look(addressSubject(facts.address));
  if (state === null || state.allowed) return null;
  const keyId = presented();
  return keyId !== undefined && (key.knows(keyId) || verify.knows(keyId)) ? null : state;
}

function presentedKeyId(incoming: IncomingMessage): string | undefined {
  const token = presentedToken(incoming);
  return token.ok && token.value !== undefined ? parseToken(token.value)?.keyId : undefined;
}

function tooManyRequests(
  outgoing: HeaderTarget,
  limit: Pick<RateLimit, "policy">,
  state: RateState,
): Refusal {
  setRateLimitHeaders(outgoing, limit, state);
  const { quota, windowSeconds } = limit.policy;
  const detail = `More than ${quota} requests in ${windowSeconds} seconds. Wait for as long as Retry-After says.`;
  return { ...failure("rate_limited", detail), retryAfterSeconds: state.retryAfterSeconds };
}

function setRateLimitHeaders(
  outgoing: HeaderTarget,
  limit: Pick<RateLimit, "policy">,
  state: RateState,
): void {
  outgoing.setHeader("RateLimit", rateLimitHeader(limit.policy, state));
  outgoing.setHeader("RateLimit-Policy", rateLimitPolicyHeader(limit.policy));
}
