import type { AccessLevel } from "@/lib/core/access/access-level";
import {
  keySeesUsers,
  mayKeyChangeUser,
  mayKeyGiveLevel,
  mayKeyUse,
} from "@/lib/core/access/manage-users-by-keys";
import type { KeyCreators } from "@/lib/core/access/permission";
import { levelHolds } from "@/lib/core/access/permission";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { keysMadeByTokensOf } from "../tokens/end-keys-of-tokens";
import type { ActingContext, KeyContext } from "./key-context";
import { actsFor } from "./key-context";
import { holdToken, membershipGone, readCallingKey } from "./lock-calling-key";
import { lockKeyRows } from "./lock-key-rows";
import { lockKeyCreators } from "./lock-membership";

export type LockedMembers = {
  readonly keyCreators: KeyCreators;
  /** The level of every owner, and of each requested user who is a member. */
  readonly levels: ReadonlyMap<string, AccessLevel>;
};

/** `below` is set for a calling key, which may only change members below this level. */
type ChangeableMembers = LockedMembers & { readonly below: AccessLevel | null };

/**
 * Locks every membership that a change to one depends on, until the transaction ends: those of the actor, of the member
 * who changes, of the people who receive their keys, and of every owner, because one must remain. Locks them in the
 * order of their ids, before any key: if two owners demote each other, the second waits and sees what the first did.
 *
 * @param userIds the member who changes, then the people who receive keys
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
    await lockWithTheirKeys(transaction, { ...context, actor }, userIds[0]);
    const key = await readCallingKey(transaction, { ...context, actor });
    if (!key.ok) return key;
    if (!keySeesUsers(actor) || !levels.has(userIds[0])) return absent;
    if (!mayKeyUse({ ...key.value, namespace: actor.namespace }, verb)) {
      return failure("forbidden", `This needs the permission users:${verb}.`);
    }
    return success({ keyCreators, levels, below: key.value.level });
  }
  if (!levelHolds(own, `users:${verb}`, keyCreators)) {
    return failure("forbidden", "Only an owner may remove members and change their levels.");
  }
  return levels.has(userIds[0]) ? success({ keyCreators, levels, below: null }) : absent;
}

/**
 * Locks the calling key together with the member's keys, which the change may end or transfer, in the order of their
 * ids. The locked membership keeps new keys from being created meanwhile.
 */
async function lockWithTheirKeys(
  transaction: Transaction,
  { organization, actor }: KeyContext,
  userId: string,
): Promise<void> {
  const theirs = await transaction.apiKey.findMany({
    where: { organizationId: organization.id, liveCreatorId: userId },
    select: { id: true },
  });
  const ids = theirs.map(({ id }) => id);
  const held = await keysMadeByTokensOf(transaction, organization.id, ids);
  await holdToken(transaction, { actor });
  await lockKeyRows(transaction, organization.id, [...held, actor.keyId]);
}

/** Refuses to remove or demote the last owner, since an organization must keep one. Otherwise returns null. */
export function refuseLastOwner({ levels }: LockedMembers, userId: string) {
  const owners = [...levels].filter(([, level]) => level === "OWNER");
  if (owners.length !== 1 || owners[0]?.[0] !== userId) return null;
  return failure(
    "conflict",
    "The last owner can neither leave nor be demoted. Make someone else an owner first.",
  );
}

/**
 * Keeps a key from changing members that are not below its level, and from granting such levels. Returns a refusal or
 * null; never refuses a person.
 */
export function refuseAboveKey(
  { levels, below }: ChangeableMembers,
  userId: string,
  given: AccessLevel | null = null,
): Failure | null {
  if (below === null) return null;
  return refuseLevels(below, { now: levels.get(userId) ?? null, given }, () => {
    return `A key of level ${below} can only change and remove users below its level.`;
  });
}

/**
 * Keeps a calling key of level `own` from removing or granting a level that is not below it. Null stands for no level.
 *
 * @param tooHigh the refusal to change somebody of this level
 */
export function refuseLevels(
  own: AccessLevel,
  { now, given }: { readonly now: AccessLevel | null; readonly given: AccessLevel | null },
  tooHigh: (level: AccessLevel) => string,
): Failure | null {
  if (now !== null && !mayKeyChangeUser({ level: own }, now)) return failure("forbidden", tooHigh(now));
  if (given === null || mayKeyGiveLevel({ level: own }, given)) return null;
  const message = `A key of level ${own} can only give levels below its own`;
  return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
}
