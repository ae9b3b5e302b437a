import { z } from "zod";
import { admitClient } from "@/lib/api/admit/admit-request";
import type { RequestFacts } from "@/lib/api/http/request-facts";
import { oauthOperation } from "@/lib/api/operate/oauth-operation";
import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import type { TokenForm } from "@/lib/schemas/oauth";
import { parseScope, parseUserName, tokenForm } from "@/lib/schemas/oauth";
import { issueTokens } from "@/lib/services/tokens/issue-tokens";
import { refreshTokens } from "@/lib/services/tokens/refresh-tokens";
import type { IssuedTokens } from "@/lib/services/tokens/sign-access-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

/** RFC 6749, 5.1. */
const tokenAnswer = z
  .strictObject({
    access_token: z.string().meta({
      description:
        "A JWT as defined by RFC 9068. Present it as Bearer. Its claims `subject` and `metadata` are the key's as of the issue, each absent if the key has none.",
    }),
    token_type: z.literal("Bearer"),
    expires_in: z.int().meta({ description: "Seconds; 900, or less if the key ends earlier." }),
    refresh_token: z.string().meta({ description: "Works once, within 30 days of the first exchange." }),
    scope: z.string().meta({ description: "The permissions granted, separated by spaces." }),
  })
  .meta({ id: "TokenResponse" });

export const issueToken = oauthOperation({
  path: "/v1/oauth/token",
  operationId: "issueToken",
  summary: "Get tokens",
  description:
    "Exchanges a secret key, or a refresh token together with its key, for a 15-minute access token and a refresh token. Tokens grant at most what the key could do when they were issued, and at each use only what it can do then. They end with the key. A refresh token works once: presented again within 10 seconds it returns the same successor, later it ends all tokens that descend from the same exchange.",
  permission: "tokens:issue",
  credential: "client",
  form: tokenForm,
  example: { grant_type: "client_credentials" },
  answer: {
    status: 200,
    description: "The tokens.",
    schema: tokenAnswer,
    example: {
      access_token: "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl",
      token_type: "Bearer",
      expires_in: 900,
      refresh_token: "lk_rt_...",
      scope: "applications:read tokens:issue",
    },
  },
  oauthErrors: [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "access_denied",
    "temporarily_unavailable",
  ],
  handle: async ({ facts, form, ...exchange }) => {
    const client = await admitClient(exchange, facts, form, ["tokens:issue"]);
    if (!client.ok) return client;
    const granted = await grant(client.value, form, facts);
    return granted.ok ? { ok: true, value: tokenJson(granted.value) } : granted;
  },
});

async function grant(
  client: AuthenticatedKey,
  form: TokenForm,
  facts: RequestFacts,
): Promise<OAuthResult<IssuedTokens>> {
  const scope = form.scope === undefined ? undefined : parseScope(form.scope);
  if (scope === null) return oauthFailure("invalid_scope", "The scope is not a list of permissions.");
  switch (form.grant_type) {
    case "client_credentials": {
      const user = form.user === undefined ? undefined : parseUserName(form.user);
      if (user === null) return oauthFailure("invalid_request", "user is neither a user id nor an email.");
      return issueTokens(client, { scope, user }, facts);
    }
    case "refresh_token": {
      const { refresh_token: refreshToken } = form;
      if (refreshToken === undefined) return oauthFailure("invalid_request", "refresh_token is required.");
      return refreshTokens(client, { refreshToken, scope }, facts);
    }
    default:
      return oauthFailure(
        "unsupported_grant_type",
        "The grant type is neither client_credentials nor refresh_token.",
      );
  }
}

function tokenJson({ accessToken, expiresInSeconds, refreshToken, scope }: IssuedTokens) {
  return {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: expiresInSeconds,
    refresh_token: refreshToken,
    scope: scope.join(" "),
  } as const;
}
