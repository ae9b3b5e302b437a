import type { BuiltInPermission } from "@/lib/core/access/permission";
import type { OAuthFailure } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

const needed: BuiltInPermission = "tokens:issue";

/** Refuses a key that may not be exchanged for tokens, which includes every public key; null when it may. */
export function refuseIssue({ permissions }: AuthenticatedKey): OAuthFailure | null {
  if (permissions.includes(needed)) return null;
  return oauthFailure(
    "unauthorized_client",
    `Tokens are granted with a secret key that has the permission ${needed}.`,
  );
}

/** One answer for a user who is unknown, in another organization, without a grant, or below the key's level. */
export const mayNotActFor = oauthFailure(
  "access_denied",
  "The key may not act for this user: their access level in the key's namespace is below the key's.",
);
