import { newlyGiven } from "@/lib/core/access/manage-roles-by-keys";
import { roleLabel } from "@/lib/core/access/role";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { RoleModel } from "@/lib/db/generated/models";
import { log } from "@/lib/log";
import type { SeenRole } from "@/lib/schemas/role";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { CallingKey } from "@/lib/services/access/lock-calling-key";
import { changeDetails, recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { markKeysOfRole } from "@/lib/verify/usage/mark-over-privileged";
import {
  absentRole,
  givesTheSame,
  isSame,
  lockRole,
  lockRoleCaller,
  lockRoleManager,
  refuseChangedRole,
  roleFields,
} from "./manage-roles";
import { carriersOf, refuseGains, refuseGiven } from "./refuse-gains";

/** Omitted fields stay unchanged. */
type RoleChange = { readonly roleId: string; readonly seen?: SeenRole | undefined } & {
  readonly [Name in keyof SeenRole]?: SeenRole[Name] | undefined;
};

/**
 * Changes a role's title, description and permissions. Permissions are computed for each request, so every key with the
 * role has the change on its next call. A key cannot grant permissions that it lacks.
 */
export async function updateRole(context: ActingContext, change: RoleChange): Promise<Result<null>> {
  const { id: organizationId } = context.organization;
  let reweighed: RoleModel | null = null;
  const updated = await inTransaction(async (transaction): Promise<Result<null>> => {
    reweighed = null;
    const refusal = await lockRoleManager(transaction, context);
    if (refusal !== null) return refusal;
    const before = await lockRole(transaction, context, change.roleId);
    const after = before === null ? null : changedFields(before, change);
    const caller = await admitCaller(transaction, context, before, after);
    if (!caller.ok) return caller;
    if (before === null || after === null) return absentRole;
    const changed = refuseChangedRole(before, change.seen);
    if (changed !== null) return changed;
    if (isSame(before, after)) return success(null);
    const facts = {
      powerChanges: !givesTheSame(before, after),
      keys: await countCarriers(transaction, before),
    };
    const late = requireFreshPassword(context, "updateRole", facts);
    if (late !== null) return late;
    await transaction.role.update({ where: { id: before.id, organizationId }, data: after });
    await recordAuditEntry(transaction, context, {
      action: "role.updated",
      target: { type: "role", id: before.id, name: roleLabel({ id: before.roleId, title: after.title }) },
      details: { roleId: before.roleId, ...changeDetails(roleFields(before), after) },
    });
    reweighed = facts.powerChanges ? before : null;
    return success(null);
  });
  if (updated.ok && reweighed !== null) await weighCarriers(reweighed, context.origin.at);
  return updated;
}

/** Lists show at once which keys hold more than they use now. If this fails, they do after the next full check. */
async function weighCarriers(role: RoleModel, now: Date): Promise<void> {
  try {
    await markKeysOfRole(role, now);
  } catch (error) {
    log().error(error, "the keys of a changed role could not be weighed; trying again later");
  }
}

function changedFields(before: SeenRole, change: RoleChange): SeenRole {
  const { title = before.title, description = before.description } = change;
  const { permissions = before.permissions, publishable = before.publishable } = change;
  return { title, description, permissions, publishable };
}

/**
 * Locks the calling key and, if the role now grants more, the keys that have it. Refuses what the caller cannot grant.
 */
async function admitCaller(
  transaction: Transaction,
  context: ActingContext,
  before: RoleModel | null,
  after: SeenRole | null,
): Promise<Result<CallingKey | null>> {
  const { organization, actor, origin } = context;
  const widened = before !== null && after !== null && newlyGiven(before, after).length > 0;
  const carriers =
    actor.kind === "key" && widened
      ? await carriersOf(transaction, organization.id, before.id, origin.at)
      : [];
  const caller = await lockRoleCaller(transaction, context, before, carriers);
  if (!caller.ok || caller.value === null || !widened) return caller;
  const asking = { caller: caller.value, now: origin.at };
  const beyond =
    refuseGiven(before, after, caller.value) ??
    (await refuseGains(transaction, organization.id, before, after, asking));
  return beyond ?? caller;
}

/** Counts the unrevoked keys with the role. Generating a key locks the role, so a concurrent one is counted. */
function countCarriers(
  transaction: Transaction,
  { id: roleId, organizationId }: { readonly id: string; readonly organizationId: string },
): Promise<number> {
  return transaction.apiKey.count({
    where: { organizationId, revokedAt: null, roles: { some: { roleId } } },
  });
}
