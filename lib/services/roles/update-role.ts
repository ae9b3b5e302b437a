import { roleLabel } from "@/lib/core/access/role";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { UpdateRoleInput } from "@/lib/schemas/role";
import type { MemberContext } from "@/lib/services/access/context";
import { changeDetails, recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { givesTheSame, isSame, lockRole, roleFields } from "./manage-roles";

/**
 * Changes a role's title, description and permissions. Permissions are computed for each request, so every key that
 * carries the role has the change on its next call.
 */
export async function updateRole(context: MemberContext, input: UpdateRoleInput): Promise<Result<null>> {
  const after = roleFields(input);
  return inTransaction(async (transaction) => {
    const locked = await lockRole(transaction, context, input);
    if (!locked.ok) return locked;
    const before = locked.value;
    if (isSame(before, input)) return success(null);
    const facts = {
      powerChanges: !givesTheSame(before, input),
      keys: await countCarriers(transaction, before),
    };
    const late = requireFreshPassword(context, "updateRole", facts);
    if (late !== null) return late;
    await transaction.role.update({
      where: { id: before.id, organizationId: context.organization.id },
      data: after,
    });
    await recordAuditEntry(transaction, context, {
      action: "role.updated",
      target: { type: "role", id: before.id, name: roleLabel({ id: before.roleId, title: after.title }) },
      details: { roleId: before.roleId, ...changeDetails(roleFields(before), after) },
    });
    return success(null);
  });
}

/** Counts the unrevoked keys that carry the role. Generating a key locks the role, so a concurrent one is counted. */
function countCarriers(
  transaction: Transaction,
  { id: roleId, organizationId }: { readonly id: string; readonly organizationId: string },
): Promise<number> {
  return transaction.apiKey.count({
    where: { organizationId, revokedAt: null, roles: { some: { roleId } } },
  });
}
