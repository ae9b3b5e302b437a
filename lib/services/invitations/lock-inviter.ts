import type { AccessLevel } from "@/lib/core/access/access-level";
import { levelWord } from "@/lib/core/access/access-level";
import { invitableLevels } from "@/lib/core/access/invite-members";
import { keySeesUsers, mayKeyUse } from "@/lib/core/access/manage-users-by-keys";
import { creatableUserLevels } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { ActingContext, KeyContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { lockCallingKey, membershipGone } from "@/lib/services/access/lock-calling-key";
import { lockMembership } from "@/lib/services/access/lock-membership";
import type { LinkMaker } from "./insert-invitation";

export type Inviter = {
  /** The levels that the actor may invite to. They see and revoke only invitations to these. */
  readonly levels: readonly AccessLevel[];
  /** Why another level is refused, worded for people or for programs. */
  readonly only: string;
  readonly maker: LinkMaker;
};

/**
 * Locks the membership, and the calling key if there is one, that the right to invite depends on, until the transaction
 * ends.
 */
export async function lockInviter(
  transaction: Transaction,
  { organization, actor, ...context }: ActingContext,
): Promise<Result<Inviter>> {
  const membership = await lockMembership(transaction, organization.id, actsFor(actor));
  if (membership === null) return membershipGone(actor);
  if (actor.kind === "user") {
    const levels = invitableLevels(membership.level, membership.keyCreators);
    if (levels.length === 0) return failure("forbidden", "Only owners and admins may invite.");
    const maker = { madeByKeyId: null, madeByFamilyId: null };
    const own = levelWord(membership.level);
    return success({
      levels,
      only: `As ${own} you may only invite people as ${either(levels.map(levelWord))}`,
      maker,
    });
  }
  const key = await lockCallingKey(transaction, { ...context, organization, actor });
  if (!key.ok) return key;
  const { level, familyId } = key.value;
  if (!mayKeyUse({ ...key.value, namespace: actor.namespace }, "create")) return needsCreate;
  const maker = { madeByKeyId: actor.keyId, madeByFamilyId: familyId };
  const levels = creatableUserLevels(level);
  return success({
    levels,
    only: `A key of level ${level} may only invite people as ${either(levels)}`,
    maker,
  });
}

const either = (levels: readonly string[]) => levels.join(" or ");

export const needsCreate = failure(
  "forbidden",
  "This needs an organization's own key with the permission users:create.",
);

/** The levels whose invitations a key sees. Keys outside the organization's own namespace see none. */
export function levelsSeenByKey({ actor, level }: KeyContext): readonly AccessLevel[] {
  return keySeesUsers(actor) ? creatableUserLevels(level) : [];
}
