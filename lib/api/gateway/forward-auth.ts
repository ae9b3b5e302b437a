import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { log } from "@/lib/log";
import { parseToken } from "@/lib/token/format";
import { rateLimitHeader, rateLimitPolicyHeader } from "@/lib/verify/limits/rate-limit";
import { organizationsBySlug } from "@/lib/verify/memory/find-organization";
import type { Loaded } from "@/lib/verify/memory/loaded";
import { judgeNow } from "@/lib/verify/verdict/judge-token";
import { countGuess, ownPolicy, refuseGuesses } from "../admit/admit-request";
import { presentedToken } from "../admit/credential";
import type { Answering, RequestHead } from "../http/exchange";
import type { Refusal } from "../http/problem";
import type { RawHeaders } from "../http/raw-headers";
import type { RequestFacts } from "../http/request-facts";
import type { Question } from "../verify/turn";
import { answerInTurn } from "../verify/turn";
import { verifyPresented } from "../verify/verify-presented";
import { readGatewayDemand } from "./gateway-demand";
import { identityHeaders } from "./identity-headers";
import { malformedKey, refusePresented, unknownKey } from "./refuse-presented";

const forwardAuth = "/v1/forward-auth/";
/** For nginx, whose auth_request only knows the refusals 401 and 403. */
const authRequest = "/v1/auth-request/";

/** A misconfigured gateway repeats the mistake with every request. */
const warnEveryMs = 60_000;
let warnFrom = 0;

/**
 * Answers a gateway that asks whether to let a request through: 200 with headers that identify the key, or a refusal.
 * The gateway's configuration sets the URL path, which states the requirements. The method, the query and the body come
 * from the client, so they are ignored.
 *
 * @returns whether the request was for a gateway
 */
export function handleForwardAuth(
  request: RequestHead,
  response: Answering,
  trustedProxies: readonly string[],
): boolean {
  const { url = "" } = request;
  const question = url.startsWith(authRequest) ? forNginx : url.startsWith(forwardAuth) ? forOthers : null;
  if (question === null) return false;
  answerInTurn(question, request, response, noBody, trustedProxies);
  return true;
}

const noBody = Buffer.alloc(0);

/** The question of gateways other than nginx. */
const forOthers: Question<readonly string[]> = {
  operationId: "forwardAuth",
  judge: ({ request, facts, headers, loaded }) => {
    const demand = readGatewayDemand(request.url ?? "");
    if (demand === null) {
      warn("a gateway asks at an address that is not understood", { address: request.url?.slice(0, 200) });
      return misconfigured;
    }
    const presented = presentedToken(request);
    // Gateways pass these refusals on to their clients.
    if (!presented.ok) return failure("key_malformed", presented.detail);
    const token = presented.value;
    if (token === undefined) return noKey;
    const tooMany = refuseGuesses(headers, token, facts);
    if (tooMany !== null) return tooMany;
    const judged = judgeAtGateway(token, demand, facts, headers, loaded);
    if (judged === undefined) return undefined;
    const isBad = !judged.ok && judged.code.startsWith("key_");
    return countGuess(headers, token, facts, isBad) ?? judged;
  },
  send: (response, identity, headers) => {
    headers.list.push("Cache-Control", "no-store", "Content-Length", "0", ...identity);
    response.writeHead(200, headers.list);
    response.end("");
  },
  refuse: tellCode,
};

const forNginx: Question<readonly string[]> = {
  ...forOthers,
  operationId: "authRequest",
  refuse: (refusal, headers) => {
    tellCode(refusal, headers);
    return refusal.code === "rate_limited" ? { ...refusal, status: 403 } : refusal;
  },
};

function tellCode(refusal: Refusal, headers: RawHeaders): Refusal {
  headers.setHeader("X-Latchkey-Code", refusal.code);
  return refusal;
}

/**
 * Whoever presents another organization's key, or none, must not learn from the response time whether an organization
 * with this name exists or imports keys. So for every name, such a token costs the same look-ups: one of the name, and
 * those of the token.
 *
 * @returns undefined if something has to be loaded first
 */
function judgeAtGateway(
  token: string,
  { organization: slug, ...demand }: NonNullable<ReturnType<typeof readGatewayDemand>>,
  facts: RequestFacts,
  outgoing: RawHeaders,
  loaded: Loaded,
): Result<readonly string[]> | Refusal | undefined {
  // Decide once: after this request has looked the name up, it may be remembered.
  const remembered = loaded.once("remembered", () => organizationsBySlug().remembered(slug) ?? null);
  const organization = remembered ?? loaded.get("organization", () => organizationsBySlug().load(slug));
  if (organization === undefined) return undefined;
  if (organization === null) {
    // Only the operator is told, since the client could find out which organizations exist.
    warn("a gateway asks about keys of an organization that does not exist", { organization: slug });
    return judgeNow(token, { ...demand, ...nobody }, facts.at, loaded) && notFound(token);
  }
  const asked = { ...demand, key: token, ip: facts.address ?? undefined };
  const accepting = { ...organization, importsKeys: true };
  const verdict = loaded.once("verdict", () => verifyPresented(asked, accepting, facts, loaded));
  if (verdict === undefined) return undefined;
  const isStranger = verdict.code === "UNKNOWN" || verdict.code === "MALFORMED";
  if (isStranger && remembered !== null) {
    const again = loaded.get("organization again", () => organizationsBySlug().load(slug));
    if (again === undefined) return undefined;
  }
  if ("rate_limit" in verdict && verdict.rate_limit !== undefined) {
    const { requests, seconds, remaining, reset_seconds } = verdict.rate_limit;
    const policy = ownPolicy({ requests, seconds });
    outgoing.setHeader("RateLimit", rateLimitHeader(policy, { remaining, resetSeconds: reset_seconds }));
    outgoing.setHeader("RateLimit-Policy", rateLimitPolicyHeader(policy));
  }
  const { permissions: demanded = [] } = demand;
  const refusal = refusePresented(verdict, demanded, facts.address);
  if (refusal !== null) return verdict.code === "UNKNOWN" ? notFound(token) : refusal;
  if (!("key_id" in verdict)) throw new Error("A valid key is not described");
  return success(identityHeaders(verdict, demanded));
}

/** An organization without any keys. */
const nobody = { organizationId: "00000000-0000-0000-0000-000000000000", importsKeys: true };

/** Depends on the token alone, so that it does not reveal which organizations exist or import keys. */
function notFound(token: string): Refusal {
  return parseToken(token) === null ? malformedKey : unknownKey;
}

const noKey = failure("key_missing", "Send an API key as Authorization: Bearer <token>, or in X-API-Key.");

/** The gateway's mistake, so the code must not blame the client's key. */
const misconfigured = failure(
  "unavailable",
  "The gateway asks at an address that Latchkey does not understand. It has to be /v1/forward-auth/ or /v1/auth-request/, then the organization's slug, the permissions with commas between them or -, and the namespace as type:id or -.",
);

function warn(what: string, details: object): void {
  const now = performance.now();
  if (now < warnFrom) return;
  warnFrom = now + warnEveryMs;
  log().warn(details, what);
}
