import type { AccessLevel } from "@/lib/core/access/access-level";
import type { ResourceLevels, ResourceVerb } from "@/lib/core/access/manage-resources";
import type { Resource } from "@/lib/core/access/resource";
import type { ResourceAuthority } from "@/lib/core/access/resource-authority";
import { mayManage, maySee } from "@/lib/core/access/resource-authority";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { FoundResource, ResourceLock } from "../resources/resource-table";
import { findResource, resourceTable } from "../resources/resource-table";
import { resourceRefusals, resourceWords } from "../resources/resource-words";
import type { ActingContext } from "./key-context";
import { actsFor } from "./key-context";
import { lockAuthority } from "./lock-authority";
import { callerRevoked } from "./lock-calling-key";
import { lockMembership } from "./lock-membership";
import { lockResourceLevels } from "./lock-resource-levels";

export type LockedResource = FoundResource & {
  /** The person's levels, or those of the key's creator. */
  readonly actorLevels: ResourceLevels;
  readonly authority: ResourceAuthority;
  /**
   * Levels in the resource by user id, for the people whose grants were requested. People without a grant are missing.
   */
  readonly levels: ReadonlyMap<string, AccessLevel>;
};

const locks = { update: "change", delete: "delete", grant: "share" } as const satisfies Record<
  ResourceVerb,
  ResourceLock
>;

/**
 * Locks an application, workspace or user group for the rest of the transaction, if the actor may do this to it now.
 * The same `not_found` covers resources that they may not see, deleted ones and those of other organizations.
 *
 * @param people the people whose grants in it will be changed or relied on; these are locked too
 * @param keysOf for a calling key: returns the keys that the change will write, to lock them with the calling key. It
 * may lock whatever comes before keys.
 */
export async function lockResource(
  transaction: Transaction,
  context: ActingContext,
  verb: ResourceVerb,
  resource: Resource,
  people: readonly string[] = [],
  keysOf: () => Promise<readonly string[]> = async () => [],
): Promise<Result<LockedResource>> {
  const { organization, actor } = context;
  const userId = actsFor(actor);
  const absent = failure("not_found", `There is no such ${resourceWords[resource.type]}.`);
  const membership = await lockMembership(transaction, organization.id, userId);
  if (membership === null) return actor.kind === "key" ? callerRevoked : absent;
  const found = await findResource(transaction, organization.id, resource, locks[verb]);
  if (found === null) return absent;
  const levels = await lockGrants(transaction, resource, people.length > 0 ? [userId, ...people] : []);
  const actorLevels = await lockResourceLevels(transaction, context, membership.level, found);
  const authority = await lockAuthority(transaction, context, actor.kind === "key" ? await keysOf() : []);
  if (!authority.ok) return authority;
  if (!maySee(authority.value, found, actorLevels)) return absent;
  if (!mayManage(authority.value, verb, found, actorLevels)) {
    return failure("forbidden", resourceRefusals[verb](resource.type));
  }
  return success({ ...found, actorLevels, authority: authority.value, levels });
}

/**
 * Locks grants in the order of their ids, so that two people who change each other's grants cannot deadlock. Returns
 * only what the locking statement itself found, since a grant given a moment later is not locked.
 */
async function lockGrants(
  transaction: Transaction,
  { type, id }: Resource,
  userIds: readonly string[],
): Promise<Map<string, AccessLevel>> {
  if (userIds.length === 0) return new Map();
  const asked = userIds.map((userId) => Prisma.sql`${userId}::uuid`);
  const rows = await transaction.$queryRaw<{ userId: string; level: AccessLevel }[]>`
    SELECT user_id::text AS "userId", access_level::text AS level FROM grants
    WHERE ${resourceTable[type].column} = ${id}::uuid AND user_id IN (${Prisma.join(asked)})
    ORDER BY id FOR UPDATE`;
  return new Map(rows.map(({ userId, level }) => [userId, level]));
}
