import type { Limit } from "@/lib/core/effective-permissions";
import type { Permission } from "@/lib/core/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { KeySnapshot } from "@/lib/core/verdict";
import type { TokenVerdict } from "./judge-token";
import { judgeToken } from "./judge-token";

/** A key that proved itself with one of its secrets, and what it may do at this moment. */
export type AuthenticatedKey = {
  readonly key: KeySnapshot;
  readonly secretId: string;
  readonly secret: "current" | "previous";
  readonly permissions: readonly Permission[];
  readonly limits: readonly Limit[];
};

/**
 * Who presents this token? Fails with `key_missing`, `key_malformed`, `key_unknown`, and to who holds
 * the right secret with `key_expired`, `key_rolled` or `key_revoked`. [J3, P1]
 *
 * @param token as presented; undefined or empty when none was
 */
export async function authenticateToken(
  token: string | undefined,
  now: Date,
): Promise<Result<AuthenticatedKey>> {
  if (token === undefined || token === "") {
    return failure("key_missing", "Give an API key as Authorization: Bearer <token>, or in X-API-Key.");
  }
  const verdict = await judgeToken(token, {}, now);
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
    case "WRONG_NAMESPACE":
    case "INSUFFICIENT_PERMISSIONS":
      throw new Error("Nothing was demanded of the key");
    case "VALID": {
      const { key, secretId, secret, permissions, limits } = verdict;
      return success({ key, secretId, secret, permissions, limits });
    }
  }
}

function endOf(verdict: Extract<TokenVerdict, { readonly secretId: string }>): string | undefined {
  return verdict.key.secrets.find((secret) => secret.id === verdict.secretId)?.endsAt?.toISOString();
}
