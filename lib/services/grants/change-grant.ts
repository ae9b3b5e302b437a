import { mergeEdit } from "@/lib/core/merge-edit";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ChangeGrantInput } from "@/lib/schemas/grant";
import type { ActingContext } from "@/lib/services/access/key-context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { namedReceivers, planTransfers } from "@/lib/services/members/plan-transfers";
import { refuseUndoneTransfers, transferKeys } from "@/lib/services/members/transfer-keys";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { endKeysOfFamilies, holdFamiliesOf } from "@/lib/services/tokens/end-keys-of-tokens";
import { lockGrant } from "../access/lock-grant";
import { grantFacts } from "./grant-facts";

/**
 * Changes a member's level in an application, a workspace or a user group. Their keys keep their rows, because every
 * decision computes a key's permissions from the current level. Two kinds of keys change: those transferred to others,
 * and those above the new level that access tokens on the member's behalf created there, which end.
 */
export async function changeGrant(context: ActingContext, input: ChangeGrantInput): Promise<Result<null>> {
  const { resource, userId, accessLevel, transfers, seen } = input;
  const organizationId = context.organization.id;
  return inTransaction(async (transaction) => {
    const changed = { userId, given: accessLevel };
    const locked = await lockGrant(transaction, context, resource, changed, namedReceivers(input));
    if (!locked.ok) return locked;
    const { members, resource: found, level: levelBefore } = locked.value;
    if (levelBefore === null) return failure("not_found", "This member has no access here.");
    const merged = mergeEdit({ accessLevel: levelBefore }, { accessLevel }, seen);
    if (!merged.ok) return merged;
    if (levelBefore === accessLevel) {
      const undone = await refuseUndoneTransfers(transaction, context, transfers);
      return undone ?? success(null);
    }
    await holdFamiliesOf(transaction, organizationId, { userId, resource });
    const planned = await planTransfers(transaction, context, input, { accessLevel, within: resource });
    if (!planned.ok) return planned;
    const change = { levelBefore, accessLevel, keysTransferred: planned.value.transfers.length };
    const late = requireFreshPassword(context, "changeGrant", change);
    if (late !== null) return late;
    const transferred = await transferKeys(transaction, context, members, userId, planned.value, resource);
    if (!transferred.ok) return transferred;
    const { entries } = transferred.value;

    await transaction.grant.updateMany({
      where: { organizationId, userId, ...namespaceColumns(resource) },
      data: { accessLevel },
    });
    const byTokens = await endKeysOfFamilies(
      transaction,
      context,
      { userId, resource },
      { reason: "creator_removed", level: accessLevel },
    );
    const facts = await grantFacts(transaction, found, userId, {
      levelBefore,
      accessLevel,
      keysTransferred: entries.length,
    });
    await recordAuditEntry(
      transaction,
      context,
      { action: "grant.changed", ...facts },
      ...entries,
      ...byTokens.entries,
    );
    return success(null);
  });
}
