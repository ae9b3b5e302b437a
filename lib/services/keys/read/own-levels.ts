import type { AccessLevel } from "@/lib/core/access/access-level";
import { isAtLeast } from "@/lib/core/access/access-level";
import type { Transaction } from "@/lib/db/client";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { MemberContext } from "@/lib/services/access/context";

type Placed = Pick<
  ApiKeyModel,
  "creatorId" | "accessLevel" | "applicationId" | "workspaceId" | "userGroupId"
>;

/**
 * This person's current level in the namespace of each of these keys, if it matters: for their own keys above their
 * level in the organization. Null for others. One query for a page of keys, and usually none.
 */
export async function ownLevels(
  transaction: Transaction,
  { organization, actor, level }: MemberContext,
  keys: readonly Placed[],
): Promise<(key: Placed) => AccessLevel | null> {
  const matters = (key: Placed) => key.creatorId === actor.userId && !isAtLeast(level, key.accessLevel);
  if (!keys.some(matters)) return () => null;
  const grants = await transaction.grant.findMany({
    where: { organizationId: organization.id, userId: actor.userId },
    select: { applicationId: true, workspaceId: true, userGroupId: true, accessLevel: true },
  });
  const placeOf = (row: Omit<Placed, "creatorId">) => row.applicationId ?? row.workspaceId ?? row.userGroupId;
  const levels = new Map(grants.map((grant) => [placeOf(grant), grant.accessLevel]));
  return (key) => (matters(key) ? (levels.get(placeOf(key)) ?? null) : null);
}
