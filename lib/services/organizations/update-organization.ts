import { levelHolds } from "@/lib/core/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { UpdateOrganizationInput } from "@/lib/schemas/organization";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { MemberContext } from "@/lib/services/context";
import { lockMembership } from "@/lib/services/members/lock-membership";

/**
 * Changes an organization's name and who may create keys in it. Its address stays: links that people sent
 * each other go on working. What a key may do is computed at each decision, so the setting holds at once. [Y2]
 */
export async function updateOrganization(
  context: MemberContext,
  { name, keyCreators }: UpdateOrganizationInput,
): Promise<Result<null>> {
  const { id } = context.organization;
  return inTransaction(async (transaction) => {
    // The row that is about to change, before the shared lock on it: two owners saving at once would
    // else both hold the shared one and wait for each other.
    await transaction.$queryRaw`SELECT 1 FROM organizations WHERE id = ${id}::uuid FOR UPDATE`;
    const membership = await lockMembership(transaction, id, context.actor.userId);
    if (membership === null) return failure("not_found", "There is no such organization.");
    if (!levelHolds(membership.level, "organizations:update", membership.keyCreators)) {
      return failure("forbidden", "Only an owner may change the organization.");
    }
    const before = await transaction.organization.findUniqueOrThrow({ where: { id } });
    if (before.name === name && before.keyCreators === keyCreators) return success(null);
    await transaction.organization.update({ where: { id }, data: { name, keyCreators } });
    await recordAuditEntry(transaction, context, {
      action: "organization.updated",
      target: { type: "organization", id, name },
      details: { nameBefore: before.name, keyCreatorsBefore: before.keyCreators, name, keyCreators },
    });
    return success(null);
  });
}
