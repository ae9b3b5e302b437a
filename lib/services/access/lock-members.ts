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
import { membershipGone, readCallingKey } from "./lock-calling-key";
import { lockKeyRows } from "./lock-key-rows";
import { lockKeyCreators } from "./lock-membership";

export type LockedMembers = {
  readonly keyCreators: KeyCreators;
  /** The level of each requested user who is a member, and of every owner. */
  readonly levels: ReadonlyMap<string, AccessLevel>;
};

/** `below` is set for a calling key: it may change only members below this level. */
type ChangeableMembers = LockedMembers & { readonly below: AccessLevel | null };

/**
 * Until the transaction ends, locks every membership that a change to one depends on: those of the actor, of the member
 * who changes, of the people who get their keys, and of every owner, because one must remain. Locks them in the order
 * of their ids, before any key: if two owners demote each other, the second waits and sees what the first did.
 *
 * @param userIds the member who changes, then the people who get keys
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
 * Locks the calling key together with the member's keys, which the change may end or give to others, in the order of
 * their ids. Nobody creates another meanwhile: the membership is locked.
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
  await lockKeyRows(transaction, organization.id, [...held, actor.keyId]);
}

/** An organization always keeps at least one owner. Refuses if this is the last one, else returns null. */
export function refuseLastOwner({ levels }: LockedMembers, userId: string) {
  const owners = [...levels].filter(([, level]) => level === "OWNER");
  if (owners.length !== 1 || owners[0]?.[0] !== userId) return null;
  return failure(
    "conflict",
    "The last owner can neither leave nor be demoted. Make someone else an owner first.",
  );
}

/**
 * A key may change only members below its level, and give only levels below it. Returns a refusal or null; a person
 * is never refused here.
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
 * Refuses a calling key of level `own` to take a level that is not below it, or to give one. Null stands for no level.
 *
 * @param tooHigh the refusal to take this level
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
