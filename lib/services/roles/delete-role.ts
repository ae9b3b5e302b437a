import { roleLabel } from "@/lib/core/access/role";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { DeleteRoleInput } from "@/lib/schemas/role";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import {
  absentRole,
  lockRole,
  lockRoleCaller,
  lockRoleManager,
  refuseChangedRole,
  roleFields,
} from "./manage-roles";

/**
 * Deletes one of the organization's own roles, unless a key has it. Generating a key with the role locks it (see
 * `unknownRoles`), so one of the two waits and sees the other.
 */
export async function deleteRole(
  context: ActingContext,
  { roleId, seen }: DeleteRoleInput,
): Promise<Result<null>> {
  const organizationId = context.organization.id;
  return inTransaction(async (transaction) => {
    const refusal = await lockRoleManager(transaction, context);
    if (refusal !== null) return refusal;
    const role = await lockRole(transaction, context, roleId);
    const caller = await lockRoleCaller(transaction, context, role);
    if (!caller.ok) return caller;
    if (role === null) return absentRole;
    const changed = refuseChangedRole(role, seen);
    if (changed !== null) return changed;
    const keys = await transaction.apiKey.count({
      where: { organizationId, deletedAt: null, roles: { some: { roleId: role.id } } },
    });
    if (keys > 0) {
      const carriers = keys === 1 ? "1 key carries" : `${keys} keys carry`;
      return failure("conflict", `${carriers} this role. A role in use cannot be deleted.`);
    }
    // Only deleted keys still have the role. The audit log keeps what they had.
    await transaction.apiKeyRole.deleteMany({ where: { organizationId, roleId: role.id } });
    await transaction.role.delete({ where: { id: role.id, organizationId } });
    await recordAuditEntry(transaction, context, {
      action: "role.deleted",
      target: { type: "role", id: role.id, name: roleLabel({ id: role.roleId, title: role.title }) },
      details: { roleId: role.roleId, ...roleFields(role) },
    });
    return success(null);
  });
}
