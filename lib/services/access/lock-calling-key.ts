import type { AccessLevel } from "@/lib/core/access-level";
import { lowerOf } from "@/lib/core/access-level";
import type { CredentialBounds } from "@/lib/core/credential-bounds";
import { effectivePermissions } from "@/lib/core/effective-permissions";
import { keyStanding } from "@/lib/core/key-status";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { unknownState } from "@/lib/core/unknown-state";
import type { Transaction } from "@/lib/db/client";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";
import type { ActingContext, KeyContext } from "./key-context";
import { firstOf } from "./key-context";

/** What a key that asks has at this moment. */
export type CallingKey = CredentialBounds & {
  readonly level: AccessLevel;
  /** The family that what it makes ends with; null when it ends with none. */
  readonly familyId: string | null;
};

export const callerRevoked = failure("key_revoked", "This key was revoked.");

/** Who asks is no member any more: to a person the organization is not there, and a key of theirs has ended. */
export function membershipGone({ kind }: ActingContext["actor"]): Failure {
  return kind === "key" ? callerRevoked : failure("not_found", "There is no such organization.");
}

/**
 * The key that asks, as it is until the transaction ends: a revocation that was answered before is found
 * here, and one that comes now waits. Its creator's membership and grants are held by who calls this, since
 * a key is locked after them.
 *
 * What the request was let in with bounds it further: an access token can hold less than its key.
 */
export async function lockCallingKey(
  transaction: Transaction,
  context: KeyContext,
): Promise<Result<CallingKey>> {
  const { organization, actor } = context;
  await transaction.$queryRaw`
    SELECT 1 FROM api_keys WHERE organization_id = ${organization.id}::uuid AND id = ${actor.keyId} FOR SHARE`;
  return readCallingKey(transaction, context);
}

/** The same for who holds the key's row already. */
export async function readCallingKey(
  transaction: Transaction,
  { organization, actor, level, origin }: KeyContext,
): Promise<Result<CallingKey>> {
  // Read after the lock, by a statement of its own: it sees what the one before us committed.
  const key = await loadKeySnapshot(actor.keyId, transaction);
  if (key === null || key.creatorLevel === null) return callerRevoked;
  const standing = keyStanding(key, origin.at);
  switch (standing) {
    case "deleted":
    case "revoked":
      return callerRevoked;
    case "expired":
      return failure("key_expired", `This key expired at ${key.expiresAt?.toISOString()}.`);
    case "live":
      break;
    default:
      return unknownState(standing);
  }
  const { permissions } = effectivePermissions(key);
  return success({
    permissions: permissions.filter((permission) => actor.permissions.includes(permission)),
    level: lowerOf(level, lowerOf(key.accessLevel, key.creatorLevel)),
    expiresAt: firstOf(key.expiresAt, actor.expiresAt),
    allowedAddresses: key.allowedAddresses,
    rateLimit: key.rateLimit,
    // A token holds what its scope names, and no more.
    hasFullAccess: actor.family === null && key.roles.some(({ id }) => id === "full_access"),
    familyId: await familyOf(transaction, { organization, actor }),
  });
}

/**
 * The family of the access token that asks. A key that a token made asks as that token did, so nothing outlives
 * the family by one step more. It never changes, so it may be read before the key is held.
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
 * Holds the family that what this key makes ends with. It comes before the key's own row: an end of the family
 * holds it and then its keys. One that ends meanwhile is waited for, or finds what was made.
 *
 * @returns whether it lives
 */
export async function holdFamily(transaction: Transaction, context: KeyContext): Promise<boolean> {
  const id = await familyOf(transaction, context);
  if (id === null) return true;
  const held = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM token_families WHERE id = ${id}::uuid AND revoked_at IS NULL FOR SHARE`;
  return held.length > 0;
}
