import type { z } from "zod";
import type { Exchange } from "@/lib/api/admit/admit-request";
import { admitClient, admitRequest } from "@/lib/api/admit/admit-request";
import { isForeign } from "@/lib/api/admit/authenticate-request";
import { rateLimits } from "@/lib/api/admit/rate-limits";
import { recordCaller } from "@/lib/api/admit/record-caller";
import type { Refusal } from "@/lib/api/http/problem";
import type { RequestFacts } from "@/lib/api/http/request-facts";
import { oauthOperation } from "@/lib/api/operate/oauth-operation";
import {
  exampleIntrospection,
  introspectionAnswer,
  introspectionJson,
} from "@/lib/api/shapes/introspection-json";
import { keysVerify } from "@/lib/api/verify/verify-presented";
import { errorStatus } from "@/lib/core/error";
import { untoldDemand } from "@/lib/core/keys/over-privileged";
import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import { introspectForm } from "@/lib/schemas/oauth";
import { introspectToken } from "@/lib/services/tokens/introspect-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

export const introspect = oauthOperation({
  path: "/v1/oauth/introspect",
  operationId: "introspectToken",
  summary: "Introspect a token",
  description:
    "For the service behind an API: is this access token, key or refresh token valid right now, and for what? A key that holds `keys:verify` may introspect all tokens of its organization; any other key may introspect itself and the tokens granted with it. A refresh token is active only to its own client. A key with allowed addresses, and tokens granted with it, are active only from there: send the presenter's address in `ip`. Introspection does not count against its rate limit. For every other token the response is `active: false`, as for one that never existed. (RFC 7662)",
  permission: null,
  credential: "client or key",
  form: introspectForm,
  example: { token: "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl" },
  answer: {
    status: 200,
    description: "The state of the token right now.",
    schema: introspectionAnswer,
    example: exampleIntrospection,
  },
  oauthErrors: ["invalid_request", "invalid_client", "invalid_token"],
  handle: async ({ facts, form, ...exchange }) => {
    const caller = await admitCaller(exchange, form, facts);
    if (!caller.ok) return caller;
    const { at, address } = facts;
    const found = await introspectToken(caller.value, form.token, {
      at,
      address,
      presentedFrom: form.ip ?? null,
    });
    if (found?.kind === "credential") {
      const { authenticated } = found;
      // For another key's token, the caller checks the scope itself and does not say what it required.
      const isOwn = authenticated.key.id === caller.value.key.id;
      // Record the presenter's address: another service's own address and User-Agent are not the caller's.
      const from = isOwn ? facts : { ...facts, address: form.ip ?? address, userAgent: null };
      recordCaller(authenticated, from, isOwn ? [] : [untoldDemand]);
    }
    return { ok: true, value: introspectionJson(found) };
  },
});

const bearer = /^bearer(?: |$)/i;

/**
 * Authenticates the caller as a client by its id and secret, or with a key or an access token as elsewhere in this API.
 * (RFC 7662, 2.1)
 */
async function admitCaller(
  exchange: Exchange,
  form: z.output<typeof introspectForm>,
  facts: RequestFacts,
): Promise<OAuthResult<AuthenticatedKey> | Refusal> {
  const { authorization = "", "x-api-key": apiKey } = exchange.incoming.headers;
  if (!bearer.test(authorization) && apiKey === undefined) {
    return admitClient(exchange, facts, form, keysVerify);
  }
  if (form.client_secret !== undefined) {
    return oauthFailure("invalid_request", "The request carries more than one credential. Send one.");
  }
  const caller = await admitRequest(exchange, facts, { limit: rateLimits.key, demanded: keysVerify });
  if (caller.ok || caller.code === "rate_limited") return caller;
  // The key is bound to other addresses. Requests from another site's page are refused in the OAuth dialect instead.
  if (caller.code === "forbidden" && !isForeign(exchange.incoming.headers.origin)) return caller;
  return oauthFailure(errorStatus[caller.code] === 401 ? "invalid_token" : "invalid_request", caller.detail);
}
