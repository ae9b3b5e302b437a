import type { BuiltInPermission, Permission } from "@/lib/core/access/permission";
import type { OAuthFailure, OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

const needed: BuiltInPermission = "tokens:issue";

/** Refuses a key that may not be exchanged for tokens, which includes every public key; null when it may. */
export function refuseIssue({ permissions }: AuthenticatedKey): OAuthFailure | null {
  if (permissions.includes(needed)) return null;
  return oauthFailure(
    "unauthorized_client",
    `Tokens are granted only to a secret key with the permission ${needed}.`,
  );
}

/** The same answer for a user who is unknown, in another organization, without a grant, or below the key's level. */
export const mayNotActFor = oauthFailure(
  "access_denied",
  "The key may not act for this user: their access level in the key's namespace is below the key's.",
);

/**
 * Tokens are sent in a header, and servers accept 16 KiB of headers in total. A signed token with this scope has 7 KB.
 */
const maximumLength = 5_000;

/**
 * The scope of an access token. A requested scope must lie within `within`, and is reduced to what is in `held`. (RFC
 * 6749, 3.3 and 6)
 *
 * @param held what the key and user may do now
 * @param within what may be requested: when issuing, the same as `held`; when refreshing, the scope that was issued
 */
export function grantableScope(
  held: readonly Permission[],
  within: readonly Permission[],
  asked: readonly Permission[] | undefined,
): OAuthResult<readonly Permission[]> {
  if (asked?.some((permission) => !within.includes(permission))) {
    return oauthFailure("invalid_scope", "The scope asks for a permission that cannot be granted.");
  }
  const granted = held.filter((permission) => (asked ?? within).includes(permission));
  if (granted.join(" ").length > maximumLength) {
    return oauthFailure(
      "invalid_scope",
      "The key holds more permissions than fit in a token. Use scope to ask for the ones you need.",
    );
  }
  return { ok: true, value: granted };
}
