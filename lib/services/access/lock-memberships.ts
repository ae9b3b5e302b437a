import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { MemberContext } from "./context";
import type { LockedMembers } from "./lock-members";
import { lockKeyCreators } from "./lock-membership";

/**
 * Locks the memberships of the actor and of these users until the transaction ends: nobody is removed or changes
 * level meanwhile. Locks the organization's row first, then the members in the order of their ids.
 */
export async function lockMemberships(
  transaction: Transaction,
  { organization, actor }: MemberContext,
  userIds: readonly string[],
): Promise<LockedMembers | null> {
  const keyCreators = await lockKeyCreators(transaction, organization.id);
  if (keyCreators === null) return null;
  const asked = [actor.userId, ...userIds].map((id) => Prisma.sql`${id}::uuid`);
  const rows = await transaction.$queryRaw<{ userId: string; level: AccessLevel }[]>`
    SELECT user_id::text AS "userId", access_level::text AS level FROM members
    WHERE organization_id = ${organization.id}::uuid AND user_id IN (${Prisma.join(asked)})
    ORDER BY user_id FOR SHARE`;
  return { keyCreators, levels: new Map(rows.map((row) => [row.userId, row.level])) };
}
