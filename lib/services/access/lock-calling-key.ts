import type { AccessLevel } from "@/lib/core/access/access-level";
import { lowerOf } from "@/lib/core/access/access-level";
import type { CredentialBounds } from "@/lib/core/keys/credential-bounds";
import { effectiveEnd, expirySetBy } from "@/lib/core/keys/effective-end";
import { expiredText } from "@/lib/core/keys/expired-text";
import { judgeKey } from "@/lib/core/keys/verdict";
import { hasCome } from "@/lib/core/read-time";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { boundByToken } from "@/lib/core/token-grant";
import { unknownState } from "@/lib/core/unknown-state";
import type { Transaction } from "@/lib/db/client";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";
import { tokenRevoked } from "@/lib/verify/verdict/authenticate-access-token";
import { forbiddenFrom } from "@/lib/verify/verdict/authenticated-key";
import type { TokenState } from "@/lib/verify/verdict/token-state";
import { isTokenRevoked, loadTokenState } from "@/lib/verify/verdict/token-state";
import type { ActingContext, KeyContext } from "./key-context";
import { firstOf } from "./key-context";

/** What a calling key may do now. */
export type CallingKey = CredentialBounds & {
  readonly level: AccessLevel;
  /**
   * The expiry of keys that it creates without naming one: the caller's own end if the policy sets it, so that programs
   * keep working when an organization adopts a policy. Null: such keys have no expiry, which is refused if the caller
   * ends.
   */
  readonly endOfNewKeys: Date | null;
  /** The token family with which new keys end; null if there is none. */
  readonly familyId: string | null;
};

export const callerRevoked = failure("key_revoked", "This key was revoked.");

/**
 * The failure if the actor's membership is gone. A person is told that the organization does not exist, a key that it
 * was revoked.
 */
export function membershipGone({ kind }: ActingContext["actor"]): Failure {
  return kind === "key" ? callerRevoked : failure("not_found", "There is no such organization.");
}

/**
 * Locks the calling key until the transaction ends. It sees revocations that have returned, and concurrent ones wait.
 * The lock is not shared: PostgreSQL lets a new share past a revocation that waits, so a flood of requests by a stolen
 * key would keep its revocation waiting.
 * The creator's membership and grants must be locked before, because a key comes after them in the lock order.
 *
 * The request's credential limits the key further: an access token can have fewer permissions than its key.
 */
export async function lockCallingKey(
  transaction: Transaction,
  context: KeyContext,
): Promise<Result<CallingKey>> {
  const { organization, actor } = context;
  await holdToken(transaction, context);
  await transaction.$queryRaw`
    SELECT 1 FROM api_keys WHERE organization_id = ${organization.id}::uuid AND id = ${actor.keyId}
    FOR NO KEY UPDATE`;
  return readCallingKey(transaction, context);
}

/**
 * The same when the key's row, and with `holdToken` the presented token, are locked already.
 *
 * Not only the key is judged again, but the credential that was presented: its secret may have been rolled since it was
 * authenticated, its token revoked, or the key bound to other addresses. All of this is as of now, since the request
 * may have waited for a lock.
 */
export async function readCallingKey(
  transaction: Transaction,
  { organization, actor, level, origin }: KeyContext,
): Promise<Result<CallingKey>> {
  const now = new Date();
  // A separate statement after the lock: it sees what the previous holder of the lock committed.
  const key = await loadKeySnapshot(actor.keyId, transaction);
  if (key === null || key.creatorLevel === null) return callerRevoked;
  const token = await tokenNow(transaction, actor, now);
  if (!token.ok) return token;
  const secretId = token.value?.secretId ?? actor.secretId;
  const verdict = judgeKey(key, ({ id }) => id === secretId, { address: origin.address }, now);
  switch (verdict.code) {
    case "REVOKED":
      return callerRevoked;
    case "EXPIRED":
      return failure("key_expired", expiredText(effectiveEnd(key)?.toISOString(), expirySetBy(key)));
    case "PAUSED":
      return failure("key_paused", "This key is paused.");
    // The oldest secrets of a key that was rolled many times are forgotten.
    case "UNKNOWN":
    case "ROLLED":
      return failure("key_rolled", "The secret that this request was sent with was rolled out.");
    case "FORBIDDEN_IP":
      return forbiddenFrom(origin.address);
    case "WRONG_NAMESPACE":
    case "INSUFFICIENT_PERMISSIONS":
      throw new Error("Nothing was demanded of the key");
    case "VALID":
      break;
    default:
      return unknownState(verdict);
  }
  const userLevel = token.value?.userLevel ?? null;
  const bounds = { scope: actor.permissions, userLevel };
  const own = lowerOf(level, lowerOf(key.accessLevel, key.creatorLevel));
  return success({
    permissions: boundByToken(verdict.permissions, bounds, key.keyCreators).permissions,
    level: userLevel === null ? own : lowerOf(own, userLevel),
    // The key's end as of now: the policy may have changed since the request was authenticated.
    endsAt: firstOf(effectiveEnd(key), actor.family?.expiresAt ?? null),
    ownExpiresAt: firstOf(key.expiresAt, actor.family?.expiresAt ?? null),
    endOfNewKeys: actor.family === null && expirySetBy(key) === "policy" ? effectiveEnd(key) : null,
    allowedAddresses: key.allowedAddresses,
    rateLimit: key.rateLimit,
    // An access token has only the permissions of its scope.
    hasFullAccess: actor.family === null && key.roles.some(({ id }) => id === "full_access"),
    familyId: await familyOf(transaction, { organization, actor }),
  });
}

/** The state of the access token presented; null without one. */
async function tokenNow(
  transaction: Transaction,
  { token, family }: KeyContext["actor"],
  now: Date,
): Promise<Result<TokenState | null>> {
  if (token === null || family === null) return success(null);
  const state = await loadTokenState({ jti: token.id, family: family.id }, token.signingKeyId, transaction);
  if (state === null || !state.signerLives || isTokenRevoked(state)) return tokenRevoked;
  if (hasCome(token.expiresAt, now)) return failure("key_expired", "This access token has expired.");
  return success(state);
}

/**
 * Locks the presented token's family, if there is one, against whatever ends the token: a revocation, a use of an old
 * refresh token, or the end or demotion of the person whom it acts for. Like `holdFamily` it comes before any key. The
 * lock is not shared, for the reason given at `lockCallingKey`.
 */
export async function holdToken(
  transaction: Transaction,
  { actor }: Pick<KeyContext, "actor">,
): Promise<void> {
  if (actor.family === null) return;
  await transaction.$queryRaw`
    SELECT 1 FROM token_families WHERE id = ${actor.family.id}::uuid FOR NO KEY UPDATE`;
}

/**
 * The family of the presented access token, or else of the token with which the calling key was created. The second
 * keeps such a key from creating keys that outlive the family. It never changes, so it can be read before the key is
 * locked.
 */
async function familyOf(
  transaction: Transaction,
  { organization, actor }: Pick<KeyContext, "organization" | "actor">,
): Promise<string | null> {
  if (actor.family !== null) return actor.family.id;
  const key = await transaction.apiKey.findFirst({
    where: { organizationId: organization.id, id: actor.keyId },
    select: { createdByFamilyId: true },
  });
  return key?.createdByFamilyId ?? null;
}

/**
 * Locks the token family with which keys created by this caller end. It comes before the caller's own row, because
 * ending a family also locks the family first and its keys next. If the family is being ended, this waits; if it ends
 * later, the new key ends with it. Concurrent creations wait for each other, so that each can count the family's keys.
 *
 * @returns false if the family was revoked
 */
export async function holdFamily(transaction: Transaction, context: KeyContext): Promise<boolean> {
  const id = await familyOf(transaction, context);
  if (id === null) return true;
  const held = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM token_families WHERE id = ${id}::uuid AND revoked_at IS NULL FOR NO KEY UPDATE`;
  return held.length > 0;
}
