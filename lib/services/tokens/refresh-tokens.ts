import type { Permission } from "@/lib/core/access/permission";
import type { OAuthResult } from "@/lib/core/oauth-error";
import { oauthFailure } from "@/lib/core/oauth-error";
import { boundByToken, judgeRefresh, mayActFor } from "@/lib/core/token-grant";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { TokenFamily } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { OrganizationId, Origin } from "@/lib/services/access/context";
import { levelInNamespace } from "@/lib/services/access/level-in-namespace";
import { hashRefreshToken, nextRefreshToken } from "@/lib/token/refresh-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import { grantableScope, mayNotActFor, refuseIssue } from "./grantable-scope";
import type { FoundRefreshToken } from "./lock-family";
import { lockFamilyOf } from "./lock-family";
import { revokeFamily } from "./revoke-family";
import type { IssuedTokens } from "./sign-access-token";
import { signAccessToken } from "./sign-access-token";
import { currentSigner } from "./signing-keys";

export type RefreshRequest = {
  readonly refreshToken: string;
  /** A subset of the issued permissions; undefined for all of them. */
  readonly scope: readonly Permission[] | undefined;
};

type Redeemed = {
  readonly family: TokenFamily;
  readonly scope: readonly Permission[];
  readonly refreshToken: string;
};

const notGood = oauthFailure(
  "invalid_grant",
  "The refresh token is unknown, expired or revoked, or belongs to another client.",
);

/**
 * Exchanges a refresh token, once, for an access token and a new refresh token. Reuse within 10 seconds returns the
 * same new refresh token, so a lost response locks nobody out. Later reuse revokes the whole family, since two
 * parties may hold the token. (RFC 6749, 6 and 10.4)
 */
export async function refreshTokens(
  client: AuthenticatedKey,
  request: RefreshRequest,
  origin: Origin,
): Promise<OAuthResult<IssuedTokens>> {
  const refusal = refuseIssue(client);
  if (refusal !== null) return refusal;
  const { at } = origin;
  const signer = await currentSigner(at);

  const redeemed = await inTransaction(async (transaction): Promise<OAuthResult<Redeemed>> => {
    const token = await lockFamilyOf(transaction, client.key.id, request.refreshToken);
    if (token === null) return notGood;
    const verdict = judgeRefresh(token, at);
    if (verdict === "reuse") await revokeFamily(transaction, client, token.family, "reuse", origin);
    if (verdict !== "redeem" && verdict !== "repeat") return notGood;

    // A refusal does not use up the token, so it works once the key and the user have the permissions again.
    const scope = await scopeNow(transaction, client, token.family, request.scope);
    if (!scope.ok) return scope;
    const refreshToken =
      verdict === "redeem"
        ? await redeem(transaction, token, request.refreshToken, at)
        : await successorOf(transaction, token, request.refreshToken);
    if (refreshToken === null) return notGood;
    await moveToSecret(transaction, token.family, client.secretId);
    return { ok: true, value: { family: token.family, scope: scope.value, refreshToken } };
  });
  if (!redeemed.ok) return redeemed;
  const { family, scope, refreshToken } = redeemed.value;
  return {
    ok: true,
    value: { ...(await signAccessToken(signer, client, family, scope, at)), scope, refreshToken },
  };
}

/** The issued permissions that the key, and the user it acts for, still have. */
async function scopeNow(
  transaction: Transaction,
  { key, permissions }: AuthenticatedKey,
  family: TokenFamily,
  asked: readonly Permission[] | undefined,
): Promise<OAuthResult<readonly Permission[]>> {
  const { userId, scope } = family;
  const organizationId = key.organizationId as OrganizationId;
  // Not locked, since the lock order puts the member before the family; each use of the token checks again.
  const userLevel =
    userId === null ? null : await levelInNamespace(transaction, organizationId, userId, key.namespace);
  if (userId !== null && !mayActFor(key, userLevel)) return mayNotActFor;
  const held = boundByToken(permissions, { scope, userLevel }, key.keyCreators).permissions;
  return grantableScope(held, scope, asked);
}

async function redeem(
  transaction: Transaction,
  { hash, family }: FoundRefreshToken,
  token: string,
  at: Date,
): Promise<string> {
  const { current, byVersion } = env().peppers;
  const pepper = byVersion.get(current);
  if (pepper === undefined) throw new Error(`pepper version ${current} is not loaded`);
  const successor = nextRefreshToken(token, pepper);
  const { organizationId, id: familyId } = family;
  await transaction.refreshToken.update({ where: { hash }, data: { usedAt: at } });
  await transaction.refreshToken.create({
    data: { hash: hashRefreshToken(successor), organizationId, familyId, createdAt: at },
  });
  return successor;
}

/** Derives the previously returned refresh token again, with the pepper that was current then. */
async function successorOf(
  transaction: Transaction,
  { family }: FoundRefreshToken,
  token: string,
): Promise<string | null> {
  for (const pepper of env().peppers.byVersion.values()) {
    const successor = nextRefreshToken(token, pepper);
    const where = { hash: hashRefreshToken(successor), familyId: family.id };
    if ((await transaction.refreshToken.count({ where })) > 0) return successor;
  }
  return null;
}

/** Ties the family to the secret presented last, so tokens refreshed during a roll's grace survive its end. */
async function moveToSecret(
  transaction: Transaction,
  { id, organizationId, secretId }: TokenFamily,
  presented: string,
): Promise<void> {
  if (secretId === presented) return;
  await transaction.tokenFamily.update({ where: { id, organizationId }, data: { secretId: presented } });
}
