import { z } from "zod";
import { admitClient } from "@/lib/api/admit/admit-request";
import { oauthOperation } from "@/lib/api/operate/oauth-operation";
import { oneTokenForm } from "@/lib/schemas/oauth";
import { revokeToken } from "@/lib/services/tokens/revoke-token";

export const revoke = oauthOperation({
  path: "/v1/oauth/revoke",
  operationId: "revokeToken",
  summary: "Revoke a token",
  description:
    "Ends a token that was granted with the calling key, at once and everywhere: an access token by itself, a refresh token with all tokens from the same exchange. For an unknown or ended token, or another client's, the response is the same and nothing happens. (RFC 7009)",
  permission: null,
  credential: "client",
  form: oneTokenForm,
  example: { token: "lk_rt_..." },
  answer: {
    status: 200,
    description: "The token no longer works for this client, if it ever did.",
    schema: z.strictObject({}),
    example: {},
  },
  oauthErrors: ["invalid_request", "invalid_client", "unsupported_token_type"],
  handle: async ({ facts, form, ...exchange }) => {
    const client = await admitClient(exchange, facts, form, []);
    if (!client.ok) return client;
    const revoked = await revokeToken(client.value, form.token, facts);
    return revoked.ok ? { ok: true, value: {} } : revoked;
  },
});
