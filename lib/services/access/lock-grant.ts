import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Resource } from "@/lib/core/access/resource";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { keysMadeByTokensOf } from "../tokens/end-keys-of-tokens";
import type { OrganizationId } from "./context";
import type { ActingContext } from "./key-context";
import { actsFor } from "./key-context";
import { namespaceColumns } from "./level-in-namespace";
import { readCallingKey } from "./lock-calling-key";
import type { LockedMembers } from "./lock-members";
import { refuseLevels } from "./lock-members";
import { lockKeyCreators } from "./lock-membership";
import type { LockedResource } from "./lock-resource";
import { lockResource } from "./lock-resource";

export type LockedGrant = {
  readonly members: LockedMembers;
  readonly resource: LockedResource;
  /** The member's level in the resource; null without a grant. */
  readonly level: AccessLevel | null;
};

/**
 * Locks a member's grant in a resource and everything that a change to it depends on: the memberships, the resource,
 * and the grants of everyone involved. Refused if the actor may not manage access there.
 *
 * @param given the new level; null removes the grant. A key only grants levels below its own, to people below it.
 * @param receivers the people who will receive the member's keys
 */
export async function lockGrant(
  transaction: Transaction,
  context: ActingContext,
  resource: Resource,
  { userId, given }: { readonly userId: string; readonly given: AccessLevel | null },
  receivers: readonly string[] = [],
): Promise<Result<LockedGrant>> {
  const members = await lockMemberships(transaction, context, [userId, ...receivers]);
  const people = [userId, ...receivers];
  const keysOf = () => keysIn(transaction, context.organization.id, userId, resource);
  const locked = await lockResource(transaction, context, "grant", resource, people, keysOf);
  if (!locked.ok) return locked;
  if (!members?.levels.has(userId)) return failure("not_found", "There is no such member.");
  const level = locked.value.levels.get(userId) ?? null;
  const above = await refuseAbove(transaction, context, level, given);
  return above ?? success({ members, resource: locked.value, level });
}

/** The member's keys in the resource, which the change may end or transfer, and the keys created with their tokens. */
async function keysIn(
  transaction: Transaction,
  organizationId: OrganizationId,
  userId: string,
  resource: Resource,
): Promise<readonly string[]> {
  const keys = await transaction.apiKey.findMany({
    where: { organizationId, liveCreatorId: userId, ...namespaceColumns(resource) },
    select: { id: true },
  });
  const ids = keys.map(({ id }) => id);
  return keysMadeByTokensOf(transaction, organizationId, ids);
}

/**
 * Keeps a key from granting, changing or removing levels that are not below its own. The calling key is locked already.
 */
async function refuseAbove(
  transaction: Transaction,
  { actor, ...context }: ActingContext,
  level: AccessLevel | null,
  given: AccessLevel | null,
): Promise<Failure | null> {
  if (actor.kind === "user") return null;
  const key = await readCallingKey(transaction, { ...context, actor });
  if (!key.ok) return key;
  const own = key.value.level;
  return refuseLevels(own, { now: level, given }, (there) => {
    return `A key of level ${own} cannot change ${there === "MEMBER" ? "a" : "an"} ${there}'s access.`;
  });
}

/**
 * Locks the memberships of the actor and of these users until the transaction ends, so that nobody is removed or
 * changes level meanwhile. Locks the organization's row first, then the members in the order of their ids.
 */
async function lockMemberships(
  transaction: Transaction,
  { organization, actor }: ActingContext,
  userIds: readonly string[],
): Promise<LockedMembers | null> {
  const keyCreators = await lockKeyCreators(transaction, organization.id);
  if (keyCreators === null) return null;
  const asked = [actsFor(actor), ...userIds].map((id) => Prisma.sql`${id}::uuid`);
  const rows = await transaction.$queryRaw<{ userId: string; level: AccessLevel }[]>`
    SELECT user_id::text AS "userId", access_level::text AS level FROM members
    WHERE organization_id = ${organization.id}::uuid AND user_id IN (${Prisma.join(asked)})
    ORDER BY user_id FOR SHARE`;
  return { keyCreators, levels: new Map(rows.map((row) => [row.userId, row.level])) };
}
