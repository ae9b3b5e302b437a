import type { AccessLevel } from "@/lib/core/access-level";
import { keySeesUsers, mayKeyChangeUser, mayKeyGiveLevel, mayKeyUse } from "@/lib/core/key-users";
import type { KeyCreators } from "@/lib/core/permission";
import { levelHolds } from "@/lib/core/permission";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ActingContext } from "./key-context";
import { actsFor } from "./key-context";
import { lockCallingKey, membershipGone } from "./lock-calling-key";
import { lockKeyCreators } from "./lock-key-creators";

export type LockedMembers = {
  readonly keyCreators: KeyCreators;
  /** The level of each asked for who is a member, and of every owner. */
  readonly levels: ReadonlyMap<string, AccessLevel>;
};

/** What lockMembers finds besides: of a key that asks, the level below which it changes members. */
type ChangeableMembers = LockedMembers & { readonly below: AccessLevel | null };

/**
 * The memberships that a change of one depends on, held until the transaction ends: who asks, the member
 * it is about, whoever gets their keys, and every owner, since one of them must remain. Locked in the
 * order of their ids, and before any key: two owners who demote each other wait for each other, and the
 * second finds what the first has done.
 *
 * @param userIds the member first, then those who get keys
 */
export async function lockMembers(
  transaction: Transaction,
  context: ActingContext,
  verb: "update" | "delete",
  userIds: readonly [string, ...string[]],
): Promise<Result<ChangeableMembers>> {
  const { organization, actor } = context;
  const keyCreators = await lockKeyCreators(transaction, organization.id);
  const asked = [actsFor(actor), ...userIds].map((id) => Prisma.sql`${id}::uuid`);
  const rows = await transaction.$queryRaw<{ userId: string; level: AccessLevel }[]>`
    SELECT user_id::text AS "userId", access_level::text AS level FROM members
    WHERE organization_id = ${organization.id}::uuid
      AND (access_level = 'OWNER' OR user_id IN (${Prisma.join(asked)}))
    ORDER BY user_id FOR UPDATE`;
  const levels = new Map(rows.map((row) => [row.userId, row.level]));
  const own = levels.get(actsFor(actor));
  const absent = failure("not_found", "There is no such member.");
  if (keyCreators === null || own === undefined) return membershipGone(actor);
  if (actor.kind === "key") {
    const key = await lockCallingKey(transaction, { ...context, actor });
    if (!key.ok) return key;
    if (!keySeesUsers(actor) || !levels.has(userIds[0])) return absent;
    if (!mayKeyUse({ ...key.value, namespace: actor.namespace }, verb)) {
      return failure("forbidden", `This needs the permission users:${verb}.`);
    }
    return success({ keyCreators, levels, below: key.value.level });
  }
  if (!levelHolds(own, `users:${verb}`, keyCreators)) {
    return failure("forbidden", "Only an owner may change who is a member, and as what.");
  }
  return levels.has(userIds[0]) ? success({ keyCreators, levels, below: null }) : absent;
}

/** An organization always keeps at least one owner: a refusal when this is the last; null when not. */
export function refuseLastOwner({ levels }: LockedMembers, userId: string) {
  const owners = [...levels].filter(([, level]) => level === "OWNER");
  if (owners.length !== 1 || owners[0]?.[0] !== userId) return null;
  return failure(
    "conflict",
    "The last owner can neither leave nor be demoted. Make someone else an owner first.",
  );
}

/** A key changes those below its level, and gives levels below it: a refusal, or null. A person may do both. */
export function refuseAboveKey(
  { levels, below }: ChangeableMembers,
  userId: string,
  given: AccessLevel | null = null,
): Failure | null {
  if (below === null) return null;
  const level = levels.get(userId);
  if (level !== undefined && !mayKeyChangeUser({ level: below }, level)) {
    return failure("forbidden", `A key of level ${below} changes and removes users below it only.`);
  }
  if (given === null || mayKeyGiveLevel({ level: below }, given)) return null;
  const message = `A key of level ${below} gives levels below it only`;
  return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
}
