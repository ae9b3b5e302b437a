import type { Transaction } from "@/lib/db/client";

/** Locks the rows of these keys until the transaction ends, in the order of their ids, as everybody does. */
export async function lockKeyRows(
  transaction: Transaction,
  organizationId: string,
  keyIds: readonly string[],
): Promise<void> {
  await transaction.$queryRaw`
    SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid AND id = ANY(${[...keyIds]})
    ORDER BY id FOR UPDATE`;
}
