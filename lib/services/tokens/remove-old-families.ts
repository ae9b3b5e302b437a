import type { Transaction } from "@/lib/db/client";

/** More than one issue makes, so that they go faster than they come. */
const familiesAtOnce = 2;
const accessTokensAtOnce = 100;

/** Removes a few of the families that have expired, with their refresh tokens. */
export async function removeOldFamilies(transaction: Transaction, now: Date): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM token_families WHERE id IN (
      SELECT id FROM token_families WHERE expires_at <= ${now}
      ORDER BY expires_at LIMIT ${familiesAtOnce} FOR UPDATE SKIP LOCKED)`;
}

/** Forgets some of the revoked access tokens that would have expired by now. */
export async function removeOldRevocations(transaction: Transaction, now: Date): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM revoked_access_tokens WHERE id IN (
      SELECT id FROM revoked_access_tokens WHERE expires_at <= ${now}
      ORDER BY expires_at LIMIT ${accessTokensAtOnce} FOR UPDATE SKIP LOCKED)`;
}
