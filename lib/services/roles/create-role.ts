import { roleLabel } from "@/lib/core/access/role";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { CreateRoleInput } from "@/lib/schemas/role";
import type { MemberContext } from "@/lib/services/access/context";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { refuseToManageRoles, roleFields } from "./manage-roles";

/** Pages and dialogs load all roles, hence the limit. Two concurrent creations may exceed it by one. */
const rolesMaximum = 500;

/** Creates a role of the organization's own. Its id never changes, since people and scripts rely on it. */
export async function createRole(context: MemberContext, input: CreateRoleInput): Promise<Result<null>> {
  const { roleId, title } = input;
  const fields = { roleId, ...roleFields(input) };
  const organizationId = context.organization.id;
  return inTransaction(async (transaction) => {
    const membership = await lockMembership(transaction, organizationId, context.actor.userId);
    const refusal = refuseToManageRoles(membership);
    if (refusal !== null) return refusal;
    if ((await transaction.role.count({ where: { organizationId } })) >= rolesMaximum) {
      return failure("conflict", `An organization has at most ${rolesMaximum} roles of its own.`);
    }
    // If two create the same id, the second waits for the first and then inserts nothing, without an exception.
    const [created] = await transaction.role.createManyAndReturn({
      data: [{ organizationId, ...fields }],
      skipDuplicates: true,
    });
    if (created === undefined) {
      const message = "A role with this ID already exists";
      return failure("conflict", `${message}.`, [{ field: "roleId", message }]);
    }
    await recordAuditEntry(transaction, context, {
      action: "role.created",
      target: { type: "role", id: created.id, name: roleLabel({ id: roleId, title }) },
      details: fields,
    });
    return success(null);
  });
}
