import type { Awaitable } from "@/lib/core/awaitable";
import { whenKnown } from "@/lib/core/awaitable";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { unknownState } from "@/lib/core/unknown-state";
import { recordUse } from "../usage/usage-recorder";
import { authenticateAccessToken } from "./authenticate-access-token";
import type { AuthenticatedKey } from "./authenticated-key";
import { forbiddenFrom } from "./forbidden-from";
import type { TokenVerdict } from "./judge-token";
import { judgeToken } from "./judge-token";
import { looksLikeAccessToken } from "./read-access-token";

/**
 * Who presents this token, a key's own or an access token granted with one? Fails with `key_missing`,
 * `key_malformed`, `key_unknown`, and to who holds the right secret with `key_expired`, `key_rolled` or
 * `key_revoked`, or from elsewhere than the key allows with `forbidden`.
 *
 * @param token as presented; undefined or empty when none was
 * @param address of the client; a key that is bound to addresses is refused when it is not known
 * @returns at once, where nothing has to be asked
 */
export function authenticateToken(
  token: string | undefined,
  now: Date,
  address: string | null = null,
): Awaitable<Result<AuthenticatedKey>> {
  if (token === undefined || token === "") {
    return failure(
      "key_missing",
      "Give an API key or an access token as Authorization: Bearer <token>, or a key in X-API-Key.",
    );
  }
  return looksLikeAccessToken(token)
    ? authenticateAccessToken(token, now, address)
    : authenticateKey(token, now, address);
}

/**
 * As authenticateToken, of the tokens of keys alone: an access token is malformed here. A refusal of who holds
 * the right secret is counted; that of a good key is left to who lets it in.
 */
export function authenticateKey(
  token: string,
  now: Date,
  address: string | null,
): Awaitable<Result<AuthenticatedKey>> {
  return whenKnown(judgeToken(token, { address }, now), (verdict) => authenticated(verdict, now, address));
}

function authenticated(verdict: TokenVerdict, now: Date, address: string | null): Result<AuthenticatedKey> {
  if (verdict.code !== "VALID" && "secretId" in verdict) {
    const { key, secretId, code: outcome } = verdict;
    recordUse({ keyId: key.id, secretId, at: now, address, client: null, outcome });
  }
  switch (verdict.code) {
    case "MALFORMED":
      return failure("key_malformed", "This is not a whole token. Check that all of it was copied.");
    case "UNKNOWN":
      return failure("key_unknown", "There is no key with this token.");
    case "EXPIRED":
      return failure("key_expired", `This key expired at ${verdict.key.expiresAt?.toISOString()}.`);
    case "ROLLED":
      return failure(
        "key_rolled",
        `This secret stopped working at ${endOf(verdict)}. Use the key's new one.`,
      );
    case "REVOKED":
      return failure("key_revoked", "This key was revoked.");
    case "FORBIDDEN_IP":
      return forbiddenFrom(address);
    case "WRONG_NAMESPACE":
    case "INSUFFICIENT_PERMISSIONS":
      throw new Error("Nothing was demanded of the key");
    case "VALID": {
      const { key, secretId, secret, permissions, limits } = verdict;
      return success({ key, secretId, secret, permissions, limits, accessToken: null });
    }
    default:
      return unknownState(verdict);
  }
}

function endOf(verdict: Extract<TokenVerdict, { readonly secretId: string }>): string | undefined {
  return verdict.key.secrets.find((secret) => secret.id === verdict.secretId)?.endsAt?.toISOString();
}
