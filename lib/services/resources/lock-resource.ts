import type { ResourceStanding, ResourceVerb } from "@/lib/core/manage-resources";
import { mayManageResource, maySeeResource } from "@/lib/core/manage-resources";
import type { Resource } from "@/lib/core/resource";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { MemberContext } from "@/lib/services/context";
import { lockMembership } from "@/lib/services/members/lock-membership";
import { readStanding } from "./read-standing";
import type { FoundResource, ResourceLock } from "./resource-table";
import { findResource, resourceTable } from "./resource-table";
import { resourceRefusals, resourceWords } from "./resource-words";

export type LockedResource = FoundResource & { readonly standing: ResourceStanding };

const locks = { update: "change", delete: "delete", grant: "share" } as const satisfies Record<
  ResourceVerb,
  ResourceLock
>;

/**
 * An application, workspace or user group, held for the rest of the transaction, when this person may do
 * this with it now. One they may not see, a deleted one and another organization's are the same answer.
 *
 * @param people whose grants in it are about to change or to be relied on; they are held too
 */
export async function lockResource(
  transaction: Transaction,
  { organization, actor }: MemberContext,
  verb: ResourceVerb,
  resource: Resource,
  people: readonly string[] = [],
): Promise<Result<LockedResource>> {
  const absent = failure("not_found", `There is no such ${resourceWords[resource.type]}.`);
  const membership = await lockMembership(transaction, organization.id, actor.userId);
  if (membership === null) return absent;
  const found = await findResource(transaction, organization.id, resource, locks[verb]);
  if (found === null) return absent;
  if (people.length > 0) await lockGrants(transaction, resource, [actor.userId, ...people]);
  const person = { userId: actor.userId, level: membership.level };
  const standing = await readStanding(transaction, organization.id, person, found, { lock: true });
  if (!maySeeResource(standing, resource.type)) return absent;
  if (!mayManageResource(standing, verb, resource.type)) {
    return failure("forbidden", resourceRefusals[verb](resource.type));
  }
  return success({ ...found, standing });
}

/** In the order of their ids, so that two who change each other's wait for each other. */
async function lockGrants(transaction: Transaction, { type, id }: Resource, userIds: readonly string[]) {
  const asked = userIds.map((userId) => Prisma.sql`${userId}::uuid`);
  await transaction.$queryRaw`
    SELECT 1 FROM grants WHERE ${resourceTable[type].column} = ${id}::uuid
      AND user_id IN (${Prisma.join(asked)}) ORDER BY id FOR UPDATE`;
}
