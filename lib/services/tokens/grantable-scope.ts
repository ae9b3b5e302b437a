import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import type { Permission } from "@/lib/core/permission";

/** A token travels in a header, and servers take headers of 16 KiB in all; signed, this becomes 7 KB. */
const maximumLength = 5_000;

/**
 * The scope of an access token: all of `held`, or what the client asks for when it is all within `within`, as
 * far as it is held now. (RFC 6749, 3.3 and 6)
 *
 * @param held what key and user may do at this moment
 * @param within what may be asked for: at the issue what is held, later what was issued
 */
export function grantableScope(
  held: readonly Permission[],
  within: readonly Permission[],
  asked: readonly Permission[] | undefined,
): OAuthResult<readonly Permission[]> {
  if (asked?.some((permission) => !within.includes(permission))) {
    return oauthFailure("invalid_scope", "The scope asks for a permission that is not there to be granted.");
  }
  const granted = held.filter((permission) => (asked ?? within).includes(permission));
  if (granted.join(" ").length > maximumLength) {
    return oauthFailure(
      "invalid_scope",
      "The key holds more permissions than fit in a token. Ask for those that are needed with scope.",
    );
  }
  return { ok: true, value: granted };
}
