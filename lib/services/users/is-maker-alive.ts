import { keyStanding } from "@/lib/core/keys/key-status";
import type { Transaction } from "@/lib/db/client";
import { loadKeySnapshot } from "@/lib/verify/memory/key-snapshot";

/** The columns of an invitation or first-password link that name its maker. */
type MadeLink = {
  readonly organizationId: string;
  readonly madeByKeyId: string | null;
  readonly madeByFamilyId: string | null;
};

/**
 * Whether the key that made a link, and the token family it used, are still live. A link ends with its maker; otherwise
 * a leaked key could admit new members after it was revoked. Links made by a person have no maker key and stay valid,
 * and rolling a key does not end its links. They do not work while the key is paused either.
 *
 * Within a transaction both rows stay locked until it ends, the family first, as everywhere a key acts. It sees
 * revocations that have returned, and concurrent ones wait.
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
  await transaction.$queryRaw`
    SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid AND id = ${madeByKeyId} FOR SHARE`;
  // A separate statement after the lock, so that it sees what the previous holder committed.
  const key = await loadKeySnapshot(madeByKeyId, transaction);
  return key !== null && key.organizationId === organizationId && keyStanding(key, now) === "live";
}
