import { lowerOf } from "@/lib/core/access/access-level";
import { judgeKey } from "@/lib/core/keys/verdict";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { boundByToken } from "@/lib/core/token-grant";
import { unknownState } from "@/lib/core/unknown-state";
import type { AccessTokenClaims } from "@/lib/schemas/access-token";
import { loadKeySnapshot } from "../memory/key-snapshot";
import type { AuthenticatedKey, AuthenticatedToken } from "./authenticated-key";
import { forbiddenFrom } from "./authenticated-key";
import { readAccessToken } from "./read-access-token";
import type { TokenState } from "./token-state";
import { isTokenRevoked, loadTokenState } from "./token-state";

/**
 * Authenticates an access token. Its signature proves that we issued it. Everything else is read from the database at
 * each use: whether the token or its family was revoked, whether the key is valid and still has the secret that the
 * token was issued for, and what the key, its creator and the user may do now.
 *
 * Fails with `key_unknown`. A token that we issued fails with `key_expired`, `key_rolled` or `key_revoked`, or with
 * `forbidden` from an address that its key does not allow.
 */
export async function authenticateAccessToken(
  token: string,
  now: Date,
  address: string | null,
): Promise<Result<AuthenticatedKey>> {
  const read = await readAccessToken(token, now);
  if (read === "EXPIRED") return failure("key_expired", "This access token has expired.");
  if (read === "UNKNOWN") return unknown;

  const { claims, signingKeyId } = read;
  const state = await loadTokenState(claims, signingKeyId);
  // This process may still cache the public part of a signing key that was removed as compromised.
  if (state?.signerLives === false) return unknown;
  const key = state === null || isTokenRevoked(state) ? null : await loadKeySnapshot(state.keyId);
  if (state === null || key === null) return tokenRevoked;

  const verdict = judgeKey(key, (secret) => secret.id === state.secretId, { address }, now);
  switch (verdict.code) {
    case "UNKNOWN":
    case "ROLLED":
      return failure("key_rolled", "The secret that this access token was granted with was rolled out.");
    case "EXPIRED":
      return failure("key_expired", "The key that this access token was granted with has expired.");
    case "PAUSED":
      return failure("key_paused", "The key that this access token was granted with is paused.");
    case "REVOKED":
      return failure("key_revoked", "The key that this access token was granted with was revoked.");
    case "FORBIDDEN_IP":
      return forbiddenFrom(address);
    case "WRONG_NAMESPACE":
    case "INSUFFICIENT_PERMISSIONS":
      throw new Error("Nothing was demanded of the key");
    case "VALID": {
      const { secretId, secret, limits } = verdict;
      const named = new Set(claims.scope.split(" "));
      const scope = state.scope.filter((permission) => named.has(permission));
      const grant = { scope, userLevel: state.userLevel };
      const bounded = boundByToken(verdict.permissions, grant, key.keyCreators);
      const accessToken = { ...tokenOf(claims, signingKeyId, state), limits: bounded.limits };
      return success({ key, secretId, secret, permissions: bounded.permissions, limits, accessToken });
    }
    default:
      return unknownState(verdict);
  }
}

export const tokenRevoked = failure("key_revoked", "This access token was revoked.");
const unknown = failure("key_unknown", "This is not an access token of this server.");

function tokenOf(
  claims: AccessTokenClaims,
  signingKeyId: string,
  state: TokenState,
): Omit<AuthenticatedToken, "limits"> {
  const { userId, userName, userEmail, userLevel } = state;
  return {
    id: claims.jti,
    signingKeyId,
    family: { id: claims.family, expiresAt: state.familyExpiresAt },
    issuedAt: new Date(claims.iat * 1000),
    expiresAt: new Date(claims.exp * 1000),
    accessLevel: lowerOf(state.accessLevel, claims.access_level),
    user:
      userId === null || userLevel === null
        ? null
        : { id: userId, name: userName ?? "", email: userEmail ?? "", level: userLevel },
  };
}
