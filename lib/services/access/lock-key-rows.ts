import type { Transaction } from "@/lib/db/client";

/** Locks the rows of these keys until the transaction ends, in the order of their ids, as everybody does. */
export async function lockKeyRows(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<void> {
  // Counted, so that the rows of very many keys do not come back here.
  await transaction.$queryRaw`
    SELECT count(*) FROM (
      SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid AND id = ANY(${[...keyIds]})
      ORDER BY id FOR UPDATE) locked`;
}
