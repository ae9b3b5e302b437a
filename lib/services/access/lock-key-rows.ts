import type { Transaction } from "@/lib/db/client";

/**
 * Locks the rows of these keys until the transaction ends. Every transaction locks keys in the order of their ids, so
 * none deadlocks.
 */
export async function lockKeyRows(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<void> {
  // Returns only a count, since there can be very many rows.
  await transaction.$queryRaw`
    SELECT count(*) FROM (
      SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid AND id = ANY(${[...keyIds]})
      ORDER BY id FOR UPDATE) locked`;
}
