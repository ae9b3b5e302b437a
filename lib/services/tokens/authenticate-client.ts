import { parseKeyId } from "@/lib/core/keys/key-id";
import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import type { Failure } from "@/lib/core/result";
import { parseToken } from "@/lib/token/format";
import { authenticateKey } from "@/lib/verify/verdict/authenticate-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

/** The client credentials: the key's id, and the key's token as the secret. (RFC 6749, 2.3.1) */
export type ClientCredentials = { readonly id: string; readonly secret: string };

type Presentation = { readonly at: Date; readonly address: string | null; readonly userAgent: string | null };

const unknown = oauthFailure("invalid_client", "There is no client with this id and secret.");

/**
 * Authenticates a client as a key. Only a caller with the right secret learns how the key ended, or gets
 * `forbidden` for an address that the key does not allow.
 */
export async function authenticateClient(
  client: ClientCredentials,
  { at, address, userAgent }: Presentation,
): Promise<OAuthResult<AuthenticatedKey> | Failure> {
  const keyId = parseKeyId(client.id);
  if (keyId === null) return unknown;
  // A token contains its key's id. Another key's token is never this client's secret, even if it is valid.
  if (parseToken(client.secret)?.keyId !== keyId) return unknown;
  const authenticated = await authenticateKey(client.secret, at, { address, client: userAgent });
  if (authenticated.ok || authenticated.code === "forbidden") return authenticated;
  return authenticated.code === "key_unknown" || authenticated.code === "key_malformed"
    ? unknown
    : oauthFailure("invalid_client", authenticated.detail);
}
