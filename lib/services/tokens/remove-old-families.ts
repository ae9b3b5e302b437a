import type { Transaction } from "@/lib/db/client";

/** Each issue adds one family and removes up to two, so expired ones do not pile up. */
const familiesAtOnce = 2;
const accessTokensAtOnce = 100;

/** Removes a few expired families, with their refresh tokens. */
export async function removeOldFamilies(transaction: Transaction, now: Date): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM token_families WHERE id IN (
      SELECT id FROM token_families WHERE expires_at <= ${now}
      ORDER BY expires_at LIMIT ${familiesAtOnce} FOR UPDATE SKIP LOCKED)`;
}

/** Removes a few revocations whose access tokens have expired since. */
export async function removeOldRevocations(transaction: Transaction, now: Date): Promise<void> {
  await transaction.$executeRaw`
    DELETE FROM revoked_access_tokens WHERE id IN (
      SELECT id FROM revoked_access_tokens WHERE expires_at <= ${now}
      ORDER BY expires_at LIMIT ${accessTokensAtOnce} FOR UPDATE SKIP LOCKED)`;
}
