import type { KeyTimes } from "@/lib/core/key-status";
import { keyStanding } from "@/lib/core/key-status";
import type { Transaction } from "@/lib/db/client";

/** Of an invitation and of a link that sets a first password. */
type MadeLink = {
  readonly organizationId: string;
  readonly madeByKeyId: string | null;
  readonly madeByFamilyId: string | null;
};

/**
 * Whether the key that made a link still lives, and the family of tokens that it was made with. A link is over
 * with its maker: otherwise a leaked key would open the door to new members after it was revoked. A link that a
 * person made has no such end. Nor does a roll end a key.
 *
 * In a transaction both rows are held until it ends, the family first, as wherever a key acts: an end that was
 * answered before is found here, and one that comes now waits. Locked rows are the newest there are.
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
    SELECT expires_at AS "expiresAt", revoked_at AS "revokedAt", deleted_at AS "deletedAt" FROM api_keys
    WHERE organization_id = ${organizationId}::uuid AND id = ${madeByKeyId} FOR SHARE`;
  return key !== undefined && keyStanding(key, now) === "live";
}
