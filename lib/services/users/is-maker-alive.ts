import type { KeyTimes } from "@/lib/core/keys/key-status";
import { keyStanding } from "@/lib/core/keys/key-status";
import type { Transaction } from "@/lib/db/client";

/** The columns of an invitation or first-password link that name its maker. */
type MadeLink = {
  readonly organizationId: string;
  readonly madeByKeyId: string | null;
  readonly madeByFamilyId: string | null;
};

/**
 * Whether the key that made a link, and the token family it used, are still live. A link ends with its maker;
 * otherwise a leaked key could admit new members after it was revoked. Links made by a person have no maker key
 * and stay valid, and rolling a key does not end its links. While the key is paused they do not work either.
 *
 * Within a transaction both rows stay locked until it ends, the family first, as everywhere a key acts. An
 * earlier revocation is seen here, and a concurrent one waits.
 */
export async function isMakerAlive(
  transaction: Transaction,
  { organizationId, madeByKeyId, madeByFamilyId }: MadeLink,
  now: Date,
): Promise<boolean> {
  if (madeByFamilyId !== null) {
    const held = await transaction.$queryRaw<unknown[]>`
      SELECT 1 FROM token_families
      WHERE organization_id = ${organizationId}::uuid AND id = ${madeByFamilyId}::uuid AND revoked_at IS NULL
      FOR SHARE`;
    if (held.length === 0) return false;
  }
  if (madeByKeyId === null) return true;
  const [key] = await transaction.$queryRaw<KeyTimes[]>`
    SELECT k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.paused_at AS "pausedAt",
      k.revoked_at AS "revokedAt", k.deleted_at AS "deletedAt",
      (SELECT o.maximum_lifetime_days FROM organizations o WHERE o.id = k.organization_id) AS "maximumLifetimeDays"
    FROM api_keys k WHERE k.organization_id = ${organizationId}::uuid AND k.id = ${madeByKeyId} FOR SHARE OF k`;
  return key !== undefined && keyStanding(key, now) === "live";
}
