import type { Permission } from "@/lib/core/access/permission";
import type { RateState } from "@/lib/core/cell-rate";
import type { KeyRateLimit } from "@/lib/core/keys/key-rate-limit";
import type { OAuthResult } from "@/lib/core/oauth-error";
import { failure } from "@/lib/core/result";
import { addressSubject } from "@/lib/services/throttle/address-subject";
import { authenticateClient } from "@/lib/services/tokens/authenticate-client";
import { parseToken } from "@/lib/token/format";
import type { RateLimit, RatePolicy } from "@/lib/verify/limits/rate-limit";
import { rateLimitHeader, rateLimitPolicyHeader } from "@/lib/verify/limits/rate-limit";
import { takeFromKey } from "@/lib/verify/limits/take-from-key";
import type { Loaded } from "@/lib/verify/memory/loaded";
import { onceLoaded } from "@/lib/verify/memory/loaded";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type { RequestHead } from "../http/exchange";
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

export type Exchange = { readonly incoming: RequestHead; readonly outgoing: HeaderTarget };

/** How to count a request: against which limit, and as a use of which permissions. */
export type Counting = { readonly limit: RateLimit; readonly demanded: readonly Permission[] };

export type Admission = { readonly ok: true; readonly value: AuthenticatedKey } | Refusal;

/**
 * Authenticates the key of a request. Refuses it if the key sent too many requests, or its address too many bad
 * credentials.
 */
export function admitRequest(
  exchange: Exchange,
  facts: RequestFacts,
  counting: Counting,
): Promise<Admission> {
  return onceLoaded((loaded) => admitNow(exchange, facts, counting, loaded));
}

/** Like admitRequest. @returns undefined if something has to be loaded first; nothing has been counted then */
export function admitNow(
  { incoming, outgoing }: Exchange,
  facts: RequestFacts,
  counting: Counting,
  loaded: Loaded,
  found?: FoundCallers,
): Admission | undefined {
  const tooMany = failuresOf(() => presentedKeyId(incoming), facts);
  if (tooMany !== null) return tooManyRequests(outgoing, rateLimits.failures, tooMany);
  const authenticated = authenticateRequest(incoming, facts, loaded, found);
  if (authenticated === undefined) return undefined;
  if (!authenticated.ok) {
    if (authenticated.code.startsWith("key_")) rateLimits.failures.take(addressSubject(facts.address));
    return authenticated;
  }
  const refusal = countKey(outgoing, authenticated.value, facts, counting, loaded);
  return refusal === null ? authenticated : refusal;
}

/** Like admitRequest, for a key that authenticates as an OAuth client, under the same limits. */
export async function admitClient(
  { incoming, outgoing }: Exchange,
  facts: RequestFacts,
  fields: ClientFields,
  demanded: readonly Permission[],
): Promise<OAuthResult<AuthenticatedKey> | Refusal> {
  const credentials = clientCredentials(incoming, fields);
  if (!credentials.ok) return credentials;
  const tooMany = failuresOf(() => parseToken(credentials.value.secret)?.keyId, facts);
  if (tooMany !== null) return tooManyRequests(outgoing, rateLimits.failures, tooMany);
  const client = await authenticateClient(credentials.value, facts);
  if (!client.ok) {
    if ("code" in client) return { ...client, withoutChallenge: true };
    rateLimits.failures.take(addressSubject(facts.address));
    return client;
  }
  const counting = { limit: rateLimits.key, demanded };
  const { value } = client;
  // Null means that no limit refused the client.
  return onceLoaded((loaded) => {
    const refusal = countKey(outgoing, value, facts, counting, loaded);
    return refusal === null ? client : refusal;
  });
}

/**
 * Takes one request from the node's limit for a key, or from the key's own limit if it has one. Returns null if
 * allowed, and undefined if Redis has to be asked first. Records the use, unless the node's limit refuses it.
 */
function countKey(
  outgoing: HeaderTarget,
  caller: AuthenticatedKey,
  facts: RequestFacts,
  { limit, demanded }: Counting,
  loaded: Loaded,
): Refusal | null | undefined {
  const { id, rateLimit } = caller.key;
  const state = rateLimit === null ? limit.take(id) : loaded.once("node's limit", () => limit.take(id));
  if (!state.allowed) return tooManyRequests(outgoing, limit, state);
  if (rateLimit === null) {
    setRateLimitHeaders(outgoing, limit, state);
    recordCaller(caller, facts, demanded);
    return null;
  }
  const own = takeFromKey(id, rateLimit, "caller", loaded);
  if (own === undefined) return undefined;
  const policy = ownPolicy(rateLimit);
  recordCaller(caller, facts, demanded, own.allowed ? "VALID" : "RATE_LIMITED");
  if (!own.allowed) return tooManyRequests(outgoing, { policy }, own);
  setRateLimitHeaders(outgoing, { policy }, own);
  return null;
}

/** A key's own limit, as a policy for the RateLimit headers. */
export function ownPolicy({ requests, seconds }: KeyRateLimit): RatePolicy {
  return { name: "own", quota: requests, windowSeconds: seconds };
}

/** For tokens at a gateway, which authenticates no caller: refuses an address that sent too many bad tokens. */
export function refuseGuesses(outgoing: HeaderTarget, token: string, facts: RequestFacts): Refusal | null {
  const tooMany = failuresOf(() => parseToken(token)?.keyId, facts);
  return tooMany === null ? null : tooManyRequests(outgoing, rateLimits.failures, tooMany);
}

/** Counts a token at a gateway, against the limit of its address if it is bad, otherwise against that of its key. */
export function countGuess(
  outgoing: HeaderTarget,
  token: string,
  facts: RequestFacts,
  isBad: boolean,
): Refusal | null {
  if (isBad) {
    rateLimits.failures.take(addressSubject(facts.address));
    return null;
  }
  const keyId = parseToken(token)?.keyId;
  const state = keyId === undefined ? undefined : rateLimits.verify.take(keyId);
  return state === undefined || state.allowed ? null : tooManyRequests(outgoing, rateLimits.verify, state);
}

/** Refuses an address that sent too many requests without a credential; null if it may continue. */
export function admitAddress(outgoing: HeaderTarget, facts: RequestFacts): Refusal | null {
  const state = rateLimits.address.take(addressSubject(facts.address));
  if (!state.allowed) return tooManyRequests(outgoing, rateLimits.address, state);
  setRateLimitHeaders(outgoing, rateLimits.address, state);
  return null;
}

/**
 * Null unless the address has used up its failures. A key that was valid here recently is exempt: behind an untrusted
 * proxy all clients share one address, and one client with a revoked key must not lock out the rest.
 */
function failuresOf(presented: () => string | undefined, facts: RequestFacts): RateState | null {
  const { failures, key, verify } = rateLimits;
  if (!failures.isUsed) return null;
  const state = failures.look(addressSubject(facts.address));
  if (state === null || state.allowed) return null;
  const keyId = presented();
  return keyId !== undefined && (key.knows(keyId) || verify.knows(keyId)) ? null : state;
}

function presentedKeyId(incoming: RequestHead): string | undefined {
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
