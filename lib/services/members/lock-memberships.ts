import type { AccessLevel } from "@/lib/core/access-level";
import type { KeyCreators } from "@/lib/core/permission";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { MemberContext } from "@/lib/services/context";
import type { LockedMembers } from "./lock-members";

/**
 * The memberships of who asks and of those named, as they are until the transaction ends: nobody is removed
 * or gets another level meanwhile. In the order of their ids, after the organization's row.
 */
export async function lockMemberships(
  transaction: Transaction,
  { organization, actor }: MemberContext,
  userIds: readonly string[],
): Promise<LockedMembers | null> {
  const [settings] = await transaction.$queryRaw<{ keyCreators: KeyCreators }[]>`
    SELECT key_creators::text AS "keyCreators" FROM organizations WHERE id = ${organization.id}::uuid FOR SHARE`;
  if (settings === undefined) return null;
  const asked = [actor.userId, ...userIds].map((id) => Prisma.sql`${id}::uuid`);
  const rows = await transaction.$queryRaw<{ userId: string; level: AccessLevel }[]>`
    SELECT user_id::text AS "userId", access_level::text AS level FROM members
    WHERE organization_id = ${organization.id}::uuid AND user_id IN (${Prisma.join(asked)})
    ORDER BY user_id FOR SHARE`;
  return { keyCreators: settings.keyCreators, levels: new Map(rows.map((row) => [row.userId, row.level])) };
}
