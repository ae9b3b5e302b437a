import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { MemberContext } from "./context";
import type { LockedMembers } from "./lock-members";
import { lockKeyCreators } from "./lock-membership";
import type { LockedResource } from "./lock-resource";
import { lockResource } from "./lock-resource";

export type LockedGrant = {
  readonly members: LockedMembers;
  readonly resource: LockedResource;
  /** The member's level in the resource; null if they have none. */
  readonly level: AccessLevel | null;
};

/**
 * Locks a member's grant in a resource and everything that a change to it depends on: the memberships, the resource,
 * and the grants of everyone involved. Refused if the actor may not manage access there.
 *
 * @param receivers the people who will get the member's keys
 */
export async function lockGrant(
  transaction: Transaction,
  context: MemberContext,
  resource: Resource,
  userId: string,
  receivers: readonly string[] = [],
): Promise<Result<LockedGrant>> {
  const members = await lockMemberships(transaction, context, [userId, ...receivers]);
  const people = [userId, ...receivers];
  const locked = await lockResource(transaction, context, "grant", resource, people);
  if (!locked.ok) return locked;
  if (!members?.levels.has(userId)) return failure("not_found", "There is no such member.");
  return success({ members, resource: locked.value, level: locked.value.levels.get(userId) ?? null });
}

/**
 * Locks the memberships of the actor and of these users until the transaction ends: nobody is removed or changes
 * level in between. Locks the organization's row first, then the members in the order of their ids.
 */
async function lockMemberships(
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
