import { lowerOf } from "@/lib/core/access/access-level";
import type { Permission } from "@/lib/core/access/permission";
import { effectiveEnd } from "@/lib/core/keys/effective-end";
import { familiesOfKeyMaximum } from "@/lib/core/maximums/maximums";
import { type OAuthResult, oauthFailure } from "@/lib/core/oauth-error";
import { boundByToken, endOfToken, mayActFor, refreshTokenSeconds } from "@/lib/core/token-grant";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { OrganizationId, Origin } from "@/lib/services/access/context";
import { actingLevel } from "@/lib/services/access/key-context";
import { buildRefreshToken, hashRefreshToken } from "@/lib/token/refresh-token";
import type { AuthenticatedKey } from "@/lib/verify/verdict/authenticated-key";
import type { ActingUser } from "./acting-user";
import { lockActingUser } from "./acting-user";
import { grantableScope, mayNotActFor, refuseIssue } from "./grantable-scope";
import { makeRoomForFamily } from "./make-room-for-family";
import { removeOldFamilies } from "./remove-old-families";
import type { IssuedTokens, SignedFamily } from "./sign-access-token";
import { signAccessToken } from "./sign-access-token";
import { currentSigner } from "./signing-keys";

export type IssueRequest = {
  /** A subset of the key's permissions; undefined for all of them. */
  readonly scope: readonly Permission[] | undefined;
  /** The user that the tokens act for; undefined for the key itself. */
  readonly user: { readonly id: string } | { readonly email: string } | undefined;
};

const tooMany = oauthFailure(
  "temporarily_unavailable",
  `This key was exchanged ${familiesOfKeyMaximum.toLocaleString("en")} times and all of those tokens are in use. Refresh tokens, or revoke some.`,
);

type NewFamily = { readonly family: SignedFamily; readonly scope: readonly Permission[] };

/**
 * Issues an access token and a refresh token to an authenticated key. They never give more than the level and
 * permissions at the time of issue. (RFC 6749, 4.4)
 */
export async function issueTokens(
  client: AuthenticatedKey,
  request: IssueRequest,
  { at }: Origin,
): Promise<OAuthResult<IssuedTokens>> {
  const refusal = refuseIssue(client);
  if (refusal !== null) return refusal;
  // Before the transaction, since this may open its own, and the embedded database has one connection.
  const signer = await currentSigner(at);
  const refreshToken = buildRefreshToken();

  const made = await inTransaction(async (transaction): Promise<OAuthResult<NewFamily>> => {
    const user = request.user === undefined ? null : await lockActingUser(transaction, client, request.user);
    if (request.user !== undefined && !mayActFor(client.key, user?.level ?? null)) return mayNotActFor;
    const bounds = { scope: client.permissions, userLevel: user?.level ?? null };
    const held = boundByToken(client.permissions, bounds, client.key.keyCreators).permissions;
    const scope = grantableScope(held, held, request.scope);
    if (!scope.ok) return scope;
    await removeOldFamilies(transaction, at);
    const organizationId = client.key.organizationId as OrganizationId;
    if (!(await makeRoomForFamily(transaction, { id: client.key.id, organizationId }, at))) return tooMany;
    const family = await insertFamily(transaction, client, { user, scope: scope.value, refreshToken, at });
    return { ok: true, value: { family, scope: scope.value } };
  });
  if (!made.ok) return made;
  const { family, scope } = made.value;
  return {
    ok: true,
    value: { ...(await signAccessToken(signer, client, family, scope, at)), scope, refreshToken },
  };
}

async function insertFamily(
  transaction: Transaction,
  client: AuthenticatedKey,
  granted: {
    readonly user: ActingUser | null;
    readonly scope: readonly Permission[];
    readonly refreshToken: string;
    readonly at: Date;
  },
): Promise<SignedFamily> {
  const { key, secretId } = client;
  const { user, scope, refreshToken, at } = granted;
  const { organizationId } = key;
  const level = actingLevel(client);
  const family = await transaction.tokenFamily.create({
    data: {
      organizationId,
      keyId: key.id,
      secretId,
      userId: user?.id ?? null,
      grantId: user?.grantId ?? null,
      accessLevel: user === null ? level : lowerOf(level, user.level),
      scope: [...scope],
      createdAt: at,
      expiresAt: endOfToken(at, refreshTokenSeconds, [effectiveEnd(key)]),
    },
  });
  await transaction.refreshToken.create({
    data: { hash: hashRefreshToken(refreshToken), organizationId, familyId: family.id, createdAt: at },
  });
  return family;
}
