import { roleLabel } from "@/lib/core/access/role";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { CreateRoleInput } from "@/lib/schemas/role";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { lockRoleCaller, lockRoleManager, roleFields } from "./manage-roles";
import { refuseGiven } from "./refuse-gains";

/** Limited because pages and dialogs load all roles. Two concurrent creations may exceed it by one. */
const rolesMaximum = 500;

/** Creates an organization's own role. Its id never changes, since people and scripts rely on it. */
export async function createRole(context: ActingContext, input: CreateRoleInput): Promise<Result<null>> {
  const { roleId, title } = input;
  const fields = { roleId, ...roleFields(input) };
  const organizationId = context.organization.id;
  return inTransaction(async (transaction) => {
    const refusal = await lockRoleManager(transaction, context);
    if (refusal !== null) return refusal;
    const caller = await lockRoleCaller(transaction, context, "new");
    if (!caller.ok) return caller;
    const given = refuseGiven(null, fields, caller.value);
    if (given !== null) return given;
    if ((await transaction.role.count({ where: { organizationId } })) >= rolesMaximum) {
      return failure("conflict", `An organization has at most ${rolesMaximum} roles of its own.`);
    }
    // Of two concurrent creations with one id, the second waits and then inserts nothing, without an exception.
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
