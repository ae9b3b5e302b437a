import type { Resource } from "@/lib/core/access/resource";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { resourceTable } from "@/lib/services/resources/resource-table";

/**
 * Locks a member's unrevoked keys, in the order of their ids. `creator_id` is in the condition for its index: for
 * unrevoked keys it equals `live_creator_id`.
 *
 * @param within only the keys of this namespace
 */
export async function lockKeysOf(
  transaction: Transaction,
  organizationId: string,
  userId: string,
  within?: Resource,
): Promise<void> {
  const there =
    within === undefined
      ? Prisma.empty
      : Prisma.sql`AND ${resourceTable[within.type].column} = ${within.id}::uuid`;
  await transaction.$queryRaw`
    SELECT count(*) FROM (
      SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid
        AND creator_id = ${userId}::uuid AND live_creator_id = ${userId}::uuid ${there}
      ORDER BY id FOR UPDATE) locked`;
}
