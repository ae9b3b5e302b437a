import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { TakeGrantInput } from "@/lib/schemas/grant";
import type { ActingContext } from "@/lib/services/access/key-context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { KeysAfter } from "@/lib/services/members/member-view";
import { namedReceivers, planTransfers } from "@/lib/services/members/plan-transfers";
import { keysAfter, transferKeys } from "@/lib/services/members/transfer-keys";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { endKeysOfFamilies, holdFamiliesOf } from "@/lib/services/tokens/end-keys-of-tokens";
import { lockGrant } from "../access/lock-grant";
import { grantFacts } from "./grant-facts";

/**
 * Removes a member's access to an application, a workspace or a user group, and revokes their keys there unless
 * transferred, in one transaction. Their access elsewhere stays.
 */
export async function takeGrant(context: ActingContext, input: TakeGrantInput): Promise<Result<KeysAfter>> {
  const { resource, userId } = input;
  const organizationId = context.organization.id;

  return inTransaction(async (transaction) => {
    const taken = { userId, given: null };
    const locked = await lockGrant(transaction, context, resource, taken, namedReceivers(input));
    if (!locked.ok) return locked;
    const { members, resource: found, level } = locked.value;
    if (level === null) return failure("not_found", "This member has no access here.");
    const late = requireFreshPassword(context, "takeGrant");
    if (late !== null) return late;
    const gone = { accessLevel: null, within: resource };
    await holdFamiliesOf(transaction, organizationId, { userId, resource });
    const planned = await planTransfers(transaction, context, input, gone);
    if (!planned.ok) return planned;
    const transferred = await transferKeys(transaction, context, members, userId, planned.value, resource);
    if (!transferred.ok) return transferred;
    const { kept, entries } = transferred.value;

    // Includes expired keys: the database refuses to delete a grant while any of its keys is unrevoked.
    const ended = await endKeysOfFamilies(
      transaction,
      context,
      { userId, resource },
      { reason: "creator_removed", others: kept },
    );
    await transaction.grant.deleteMany({
      where: { organizationId, userId, ...namespaceColumns(resource) },
    });
    const facts = await grantFacts(transaction, found, userId, {
      accessLevel: level,
      keysTransferred: entries.length,
      keysRevoked: ended.total,
    });
    await recordAuditEntry(
      transaction,
      context,
      { action: "grant.taken", ...facts },
      ...entries,
      ...ended.entries,
    );
    return success(keysAfter(ended.total, planned.value.transfers));
  });
}
