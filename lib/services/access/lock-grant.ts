import type { AccessLevel } from "@/lib/core/access-level";
import type { Resource } from "@/lib/core/resource";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { MemberContext } from "./context";
import type { LockedMembers } from "./lock-members";
import { lockMemberships } from "./lock-memberships";
import type { LockedResource } from "./lock-resource";
import { lockResource } from "./lock-resource";

export type LockedGrant = {
  readonly members: LockedMembers;
  readonly resource: LockedResource;
  /** The member's level in the resource; null when they have none. */
  readonly level: AccessLevel | null;
};

/**
 * A member's grant in a resource, held with all that a change of it depends on, when who asks may say who
 * has access there: the memberships, the resource, and the grants of all who are concerned.
 *
 * @param receivers who is to get keys of the member
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
