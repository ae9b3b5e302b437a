import type { BuiltInPermission } from "@/lib/core/access/permission";
import { keyStanding } from "@/lib/core/keys/key-status";
import { judgeRefresh } from "@/lib/core/token-grant";
import { database } from "@/lib/db/client";
import type { TokenFamily } from "@/lib/db/generated/client";
import { hashRefreshToken, isRefreshToken } from "@/lib/token/refresh-token";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

const needed: BuiltInPermission = "keys:verify";

/** An active token: an access token or a key's own token, or an unused refresh token. */
export type Introspected =
  | { readonly kind: "credential"; readonly authenticated: AuthenticatedKey }
  | { readonly kind: "refresh"; readonly family: TokenFamily };

type Asked = {
  readonly at: Date;
  /** The caller's address. */
  readonly address: string | null;
  /** The address that presented the token to the caller; null if the caller does not pass it. */
  readonly presentedFrom: string | null;
};

/**
 * Whether a token is active, and what it allows. A caller with `keys:verify` may ask about all tokens of its
 * organization; any key may ask about its own token and those issued to it. Other tokens are reported as inactive. A
 * refresh token is only active for its own client, so no resource server mistakes it for an access token. A key with an
 * allowlist is only active from its addresses. (RFC 7662)
 *
 * @returns null if the token is inactive, or the caller may not ask about it
 */
export async function introspectToken(
  caller: AuthenticatedKey,
  token: string,
  asked: Asked,
): Promise<Introspected | null> {
  if (isRefreshToken(token)) {
    const family = await liveFamilyOf(token, asked.at);
    return family?.keyId === caller.key.id ? { kind: "refresh", family } : null;
  }
  const { at, address, presentedFrom } = asked;
  const { organizationId, importsKeys = false } = caller.key;
  const importer = { organizationId, importsKeys };
  const from = { address: presentedFrom ?? address, client: null };
  const authenticated = await authenticateToken(token, at, from, importer);
  if (!authenticated.ok) return null;
  const { key } = authenticated.value;
  // For another key's token, the caller's own address says nothing about where it was presented.
  if (presentedFrom === null && key.id !== caller.key.id && key.allowedAddresses.length > 0) return null;
  const mayAsk =
    key.organizationId === caller.key.organizationId &&
    (key.id === caller.key.id || caller.permissions.includes(needed));
  return mayAsk ? { kind: "credential", authenticated: authenticated.value } : null;
}

/** The family of this refresh token, if the token can be redeemed now and the key is live. */
async function liveFamilyOf(token: string, now: Date): Promise<TokenFamily | null> {
  const found = await database().refreshToken.findUnique({
    where: { hash: hashRefreshToken(token) },
    include: { family: true },
  });
  if (found === null || judgeRefresh(found, now) !== "redeem") return null;
  const key = await loadKeySnapshot(found.family.keyId);
  return key !== null && keyStanding(key, now) === "live" ? found.family : null;
}
