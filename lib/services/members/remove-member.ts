import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { RemoveMemberInput } from "@/lib/schemas/member";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { holdFamiliesOf } from "@/lib/services/tokens/end-keys-of-tokens";
import { lockMembers, refuseAboveKey, refuseLastOwner } from "../access/lock-members";
import { endMembership } from "./end-membership";
import type { KeysAfter } from "./member-view";
import { namedReceivers, planTransfers } from "./plan-transfers";
import { keysAfter, transferKeys } from "./transfer-keys";

/**
 * Removes a member. Their keys are revoked unless transferred, and their grants, open invitations and sessions end,
 * all in one transaction. They keep their account and may sign in again.
 */
export async function removeMember(
  context: ActingContext,
  input: RemoveMemberInput,
): Promise<Result<KeysAfter>> {
  const { userId } = input;
  const organizationId = context.organization.id;

  return inTransaction(async (transaction) => {
    const people = [userId, ...namedReceivers(input)] as const;
    const locked = await lockMembers(transaction, context, "delete", people);
    if (!locked.ok) return locked;
    const last = refuseLastOwner(locked.value, userId);
    if (last !== null) return last;
    const above = refuseAboveKey(locked.value, userId);
    if (above !== null) return above;
    const late = requireFreshPassword(context, "removeMember");
    if (late !== null) return late;
    await holdFamiliesOf(transaction, organizationId, { userId });
    const planned = await planTransfers(transaction, context, input, { accessLevel: null });
    if (!planned.ok) return planned;
    const transferred = await transferKeys(transaction, context, locked.value, userId, planned.value);
    if (!transferred.ok) return transferred;
    const { entries } = transferred.value;
    const { user } = await transaction.member.findUniqueOrThrow({
      where: { organizationId_userId: { organizationId, userId } },
      select: { user: { select: { name: true, email: true } } },
    });
    const { keysEnded, invitationsEnded } = await endMembership(transaction, context, userId);
    const sessionsEnded = await endSessionsOf(transaction, context, userId);
    await recordAuditEntry(
      transaction,
      context,
      {
        action: "member.removed",
        target: { type: "member", id: userId, name: user.name },
        details: {
          email: user.email,
          accessLevel: locked.value.levels.get(userId) ?? null,
          keysTransferred: entries.length,
          keysRevoked: keysEnded.total,
          invitationsEnded,
          sessionsEnded,
        },
      },
      ...entries,
      ...keysEnded.entries,
    );
    return success(keysAfter(keysEnded.total, planned.value.transfers));
  });
}

/**
 * Ends the person's sessions except the one that makes this request, which is theirs if they leave on their own. A
 * sign-in in progress locks the person's row, so this waits for it and ends its session too.
 */
async function endSessionsOf(
  transaction: Transaction,
  { actor }: ActingContext,
  userId: string,
): Promise<number> {
  await transaction.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  const own = actor.kind === "user" ? { id: { not: actor.sessionId } } : {};
  const { count } = await transaction.session.deleteMany({ where: { userId, ...own } });
  return count;
}
