import type { Resource } from "@/lib/core/access/resource";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { resourceTable } from "@/lib/services/resources/resource-table";

/**
 * Locks a member's keys that are not revoked, in the order of their ids. They are found by their creator, for which there
 * is an index: of a key that is not revoked it is the same person.
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
