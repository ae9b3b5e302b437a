import { keyStanding } from "@/lib/core/key-status";
import type { BuiltInPermission } from "@/lib/core/permission";
import { judgeRefresh } from "@/lib/core/token-grant";
import { database } from "@/lib/db/client";
import type { TokenFamily } from "@/lib/db/generated/client";
import { hashRefreshToken, isRefreshToken } from "@/lib/token/refresh-token";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";
import { authenticateToken } from "@/lib/verify/verdict/authenticate-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";

const needed: BuiltInPermission = "keys:verify";

/** What a token is that is good now: an access token or a key's own, or a refresh token that was not used. */
export type Introspected =
  | { readonly kind: "credential"; readonly authenticated: AuthenticatedKey }
  | { readonly kind: "refresh"; readonly family: TokenFamily };

type Asked = {
  readonly at: Date;
  /** Of the caller. */
  readonly address: string | null;
  /** From where the token was presented to the caller, who may say so; null: from where the caller is. */
  readonly presentedFrom: string | null;
};

/**
 * Is this token good, and for what? Whoever may verify keys may ask about all of the organization's, and every
 * key about its own and those granted with it. About any other the answer is the one about no token. A refresh
 * token is active to its own client alone: no resource server may take one for an access token. A key that is
 * bound to addresses is active from there alone. (RFC 7662)
 *
 * @returns null when it is not active, or not the caller's to know about
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
  const authenticated = await authenticateToken(token, at, presentedFrom ?? address);
  if (!authenticated.ok) return null;
  const { key } = authenticated.value;
  // Where the one who asks is says nothing of who presented another key to them.
  if (presentedFrom === null && key.id !== caller.key.id && key.allowedAddresses.length > 0) return null;
  const mayAsk =
    key.organizationId === caller.key.organizationId &&
    (key.id === caller.key.id || caller.permissions.includes(needed));
  return mayAsk ? { kind: "credential", authenticated: authenticated.value } : null;
}

/** The family that this refresh token is the next one of, when it and its key live. */
async function liveFamilyOf(token: string, now: Date): Promise<TokenFamily | null> {
  const found = await database().refreshToken.findUnique({
    where: { hash: hashRefreshToken(token) },
    include: { family: true },
  });
  if (found === null || judgeRefresh(found, now) !== "redeem") return null;
  const key = await loadKeySnapshot(found.family.keyId);
  return key !== null && keyStanding(key, now) === "live" ? found.family : null;
}
