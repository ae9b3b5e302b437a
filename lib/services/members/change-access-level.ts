import { invitableLevels } from "@/lib/core/access/invite-members";
import { mergeEdit } from "@/lib/core/merge-edit";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ChangeAccessLevelInput } from "@/lib/schemas/member";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { endInvitationsOf } from "@/lib/services/invitations/end-invitations-of";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { endKeysOfFamilies, holdFamiliesOf } from "@/lib/services/tokens/end-keys-of-tokens";
import { personSelect } from "@/lib/services/users/person-select";
import type { UserView } from "@/lib/services/users/user-view";
import { lockMembers, refuseAboveKey, refuseLastOwner } from "../access/lock-members";
import { namedReceivers, planTransfers } from "./plan-transfers";
import { refuseUndoneTransfers, transferKeys } from "./transfer-keys";

/**
 * Changes a member's access level. Their keys keep their rows, because every decision computes a key's permissions from
 * its creator's current level. Two kinds of keys change: those transferred to others, and those above the new level
 * that access tokens on the member's behalf created in the organization's namespace, which end.
 */
export async function changeAccessLevel(
  context: ActingContext,
  input: ChangeAccessLevelInput,
): Promise<Result<UserView>> {
  const { userId, accessLevel, transfers, seen } = input;
  const organizationId = context.organization.id;
  return inTransaction(async (transaction) => {
    const people = [userId, ...namedReceivers(input)] as const;
    const locked = await lockMembers(transaction, context, "update", people);
    if (!locked.ok) return locked;
    const { keyCreators } = locked.value;
    const {
      user,
      createdAt,
      accessLevel: levelBefore,
    } = await transaction.member.findUniqueOrThrow({
      where: { organizationId_userId: { organizationId, userId } },
      include: { user: { select: personSelect } },
    });
    const merged = mergeEdit({ accessLevel: levelBefore }, { accessLevel }, seen);
    if (!merged.ok) return merged;
    const after = { ...user, accessLevel, createdAt };
    if (levelBefore === accessLevel) {
      const undone = await refuseUndoneTransfers(transaction, context, transfers);
      return undone ?? success(after);
    }
    const last = refuseLastOwner(locked.value, userId);
    if (last !== null) return last;
    const above = refuseAboveKey(locked.value, userId, accessLevel);
    if (above !== null) return above;
    await holdFamiliesOf(transaction, organizationId, { userId, resource: null });
    const planned = await planTransfers(transaction, context, input, { accessLevel });
    if (!planned.ok) return planned;
    const facts = { levelBefore, accessLevel, keysTransferred: planned.value.transfers.length };
    const late = requireFreshPassword(context, "changeAccessLevel", facts);
    if (late !== null) return late;
    const transferred = await transferKeys(transaction, context, locked.value, userId, planned.value);
    if (!transferred.ok) return transferred;

    await transaction.member.update({
      where: { organizationId_userId: { organizationId, userId } },
      data: { accessLevel },
      select: { userId: true },
    });
    const byTokens = await endKeysOfFamilies(
      transaction,
      context,
      { userId, resource: null },
      { reason: "creator_removed", level: accessLevel },
    );
    // Ends their open invitations with levels they may no longer give, to others or to themselves.
    const invitable = invitableLevels(accessLevel, keyCreators);
    const invitationsEnded = await endInvitationsOf(
      transaction,
      organizationId,
      userId,
      invitable,
      context.origin.at,
    );
    await recordAuditEntry(
      transaction,
      context,
      {
        action: "member.level_changed",
        target: { type: "member", id: userId, name: user.name },
        details: {
          email: user.email,
          levelBefore,
          accessLevel,
          keysTransferred: transferred.value.entries.length,
          invitationsEnded,
        },
      },
      ...transferred.value.entries,
      ...byTokens.entries,
    );
    return success(after);
  });
}
