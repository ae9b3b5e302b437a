import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
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
  /** The member's level in the resource; null if they have none. */
  readonly level: AccessLevel | null;
};

/**
 * Locks a member's grant in a resource with everything that a change of it depends on: the memberships, the resource,
 * and the grants of everyone involved. Refused if the actor may not manage access there.
 *
 * @param receivers the people who are to get the member's keys
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
