import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { BulkChange } from "@/lib/schemas/bulk/bulk-keys";
import type { MemberContext } from "@/lib/services/access/context";
import type { Membership } from "../../access/lock-membership";
import { lockKeyCreators, lockMembership } from "../../access/lock-membership";
import { lockReceivers } from "../../access/lock-receivers";
import { refuseUnknownRoles } from "../read/find-roles";
import type { BulkSurroundings } from "./bulk-facts";

type Held = {
  readonly membership: Membership;
  /**
   * The refusal of an unknown role. Only for people who may change one of the keys: others learn nothing about roles.
   */
  readonly unknown: Failure | null;
} & Pick<BulkSurroundings, "receiver">;

const absent = failure("not_found", "There are no such API keys.");

/**
 * Locks what a bulk change depends on besides the keys, in the order of all writes: the organization, memberships in
 * the order of their ids, the receiver's grants, the role.
 */
export async function holdSurroundings(
  transaction: Transaction,
  context: MemberContext,
  change: BulkChange,
  keyIds: readonly string[],
): Promise<Result<Held>> {
  const { organization, actor } = context;
  if (change.verb === "transfer") {
    await lockKeyCreators(transaction, organization.id);
    const people = [actor.userId, change.toUserId].map((id) => Prisma.sql`${id}::uuid`);
    await transaction.$queryRaw`
      SELECT 1 FROM members WHERE organization_id = ${organization.id}::uuid
        AND user_id IN (${Prisma.join(people)}) ORDER BY user_id FOR SHARE`;
  }
  const membership = await lockMembership(transaction, organization.id, actor.userId);
  if (membership === null) return absent;
  if (change.verb === "transfer") {
    const receiver = await holdReceiver(transaction, context, change.toUserId, keyIds);
    return success({ membership, unknown: null, receiver });
  }
  const unknown =
    "role" in change ? await refuseUnknownRoles(transaction, organization.id, [change.role]) : null;
  return success({ membership, unknown, receiver: null });
}

/** Null if the receiver is not a member, or no longer one, so that no key can be transferred to them. */
async function holdReceiver(
  transaction: Transaction,
  context: MemberContext,
  toUserId: string,
  keyIds: readonly string[],
): Promise<Held["receiver"]> {
  const organizationId = context.organization.id;
  const transfers = keyIds.map((keyId) => ({ keyId, toUserId }));
  const levelOf = await lockReceivers(transaction, context, { organizationId }, transfers);
  const receiver = await transaction.member.findUnique({
    where: { organizationId_userId: { organizationId, userId: toUserId } },
    select: { accessLevel: true },
  });
  if (receiver === null) return null;
  return { level: receiver.accessLevel, levelFor: (key) => levelOf(key, toUserId) };
}
