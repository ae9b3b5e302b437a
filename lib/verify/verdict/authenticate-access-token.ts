import { lowerOf } from "@/lib/core/access/access-level";
import type { Permission } from "@/lib/core/access/permission";
import type { KeySnapshot } from "@/lib/core/keys/verdict";
import { judgeKey } from "@/lib/core/keys/verdict";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { boundByToken } from "@/lib/core/token-grant";
import { unknownState } from "@/lib/core/unknown-state";
import type { AccessTokenClaims } from "@/lib/schemas/access-token";
import { loadKeySnapshot } from "../memory/key-snapshot";
import type { AuthenticatedKey, AuthenticatedToken, TokenUser } from "./authenticated-key";
import { forbiddenFrom } from "./authenticated-key";
import { readAccessToken } from "./read-access-token";
import type { TokenState } from "./token-state";
import { loadTokenState } from "./token-state";

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
  if (read.code === "EXPIRED") return failure("key_expired", "This access token has expired.");
  if (read.code !== "SIGNED") return unknown;

  const { claims } = read;
  const state = await loadTokenState({
    id: claims.jti,
    familyId: claims.family,
    signingKeyId: read.signingKeyId,
  });
  // This process may still cache the public part of a signing key that was removed as compromised.
  if (state?.signerLives === false) return unknown;
  if (state === null || state.revoked || state.familyRevokedAt !== null || lacksUser(state)) {
    return failure("key_revoked", "This access token was revoked.");
  }
  const key = await loadKeySnapshot(state.keyId);
  if (key === null) return failure("key_revoked", "This access token was revoked.");

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
      const { bounded, accessToken } = bound(claims, state, verdict.permissions, key);
      return success({ key, secretId, secret, permissions: bounded, limits, accessToken });
    }
    default:
      return unknownState(verdict);
  }
}

const unknown = failure("key_unknown", "This is not an access token of this server.");

/** The key's permissions as reduced by the token, and the token itself. */
function bound(
  claims: AccessTokenClaims,
  state: TokenState,
  held: readonly Permission[],
  { keyCreators }: KeySnapshot,
): { readonly bounded: readonly Permission[]; readonly accessToken: AuthenticatedToken } {
  const named = new Set(claims.scope.split(" "));
  const scope = state.scope.filter((permission) => named.has(permission));
  const { permissions, limits } = boundByToken(held, { scope, userLevel: state.userLevel }, keyCreators);
  return {
    bounded: permissions,
    accessToken: {
      id: claims.jti,
      family: { id: claims.family, expiresAt: state.familyExpiresAt },
      issuedAt: new Date(claims.iat * 1000),
      expiresAt: new Date(claims.exp * 1000),
      accessLevel: lowerOf(state.accessLevel, claims.access_level),
      user: userOf(state),
      limits,
    },
  };
}

/** The family is deleted with the user's grant; this check does not rely on that. */
function lacksUser(state: TokenState): boolean {
  return state.userId !== null && state.userLevel === null;
}

function userOf({ userId, userName, userEmail, userLevel }: TokenState): TokenUser | null {
  if (userId === null || userLevel === null) return null;
  return { id: userId, name: userName ?? "", email: userEmail ?? "", level: userLevel };
}
