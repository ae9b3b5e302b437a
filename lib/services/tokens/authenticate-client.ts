import { parseKeyId } from "@/lib/core/key-id";
import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import type { Failure } from "@/lib/core/result";
import { authenticateKey } from "@/lib/verify/verdict/authenticate-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

/** As a client presents itself: the key's id, and the key's token as the secret. (RFC 6749, 2.3.1) */
export type ClientCredentials = { readonly id: string; readonly secret: string };

const unknown = oauthFailure("invalid_client", "There is no client with this id and secret.");

/**
 * The key that a client is. Only to who holds the right secret is told how a key has ended, and `forbidden` from
 * elsewhere than the key allows.
 */
export async function authenticateClient(
  client: ClientCredentials,
  now: Date,
  address: string | null,
): Promise<OAuthResult<AuthenticatedKey> | Failure> {
  const keyId = parseKeyId(client.id);
  if (keyId === null) return unknown;
  // A token holds its key's id, so that of another key is none of this client's whatever it is worth.
  if (client.secret.slice("lk_sk_".length).slice(0, keyId.length) !== keyId) return unknown;
  const authenticated = await authenticateKey(client.secret, now, address);
  if (authenticated.ok || authenticated.code === "forbidden") return authenticated;
  return authenticated.code === "key_unknown" || authenticated.code === "key_malformed"
    ? unknown
    : oauthFailure("invalid_client", authenticated.detail);
}
