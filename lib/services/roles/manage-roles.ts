import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import { levelHolds } from "@/lib/core/access/permission";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { RoleModel } from "@/lib/db/generated/models";
import type { SeenRole } from "@/lib/schemas/role";
import type { MemberContext } from "@/lib/services/access/context";
import type { Membership } from "@/lib/services/access/lock-membership";
import { lockMembership } from "@/lib/services/access/lock-membership";

const absent = failure("not_found", "There is no such role.");

/** Why a person with this membership may not manage roles; null when they may. */
export function refuseToManageRoles(membership: Membership | null): Failure | null {
  if (membership === null || !maySeeAllKeys(membership)) return absent;
  if (levelHolds(membership.level, "roles:manage", membership.keyCreators)) return null;
  return failure("forbidden", "Only an owner may manage roles.");
}

/**
 * Locks one of the organization's own roles until the transaction ends, if the person may manage it and it is
 * unchanged since they saw it. In the lock order a role comes where a key would, after the membership.
 */
export async function lockRole(
  transaction: Transaction,
  { organization, actor }: MemberContext,
  { roleId, seen }: { readonly roleId: string; readonly seen: SeenRole },
): Promise<Result<RoleModel>> {
  const membership = await lockMembership(transaction, organization.id, actor.userId);
  const refusal = refuseToManageRoles(membership);
  if (refusal !== null) return refusal;
  await transaction.$queryRaw`
    SELECT 1 FROM roles WHERE organization_id = ${organization.id}::uuid AND role_id = ${roleId} FOR UPDATE`;
  // A separate statement after the lock sees what the previous holder committed.
  const role = await transaction.role.findUnique({
    where: { organizationId_roleId: { organizationId: organization.id, roleId } },
  });
  if (role === null) return absent;
  if (isSame(role, seen)) return success(role);
  const detail = "Somebody changed this role in the meantime. Look at it as it is now, then save again.";
  return { ...failure("conflict", detail), current: roleFields(role) };
}

/** The fields of a role that people edit, without its ids. */
export function roleFields({ title, description, permissions, publishable }: SeenRole) {
  return { title, description, permissions, publishable };
}

/** Whether two roles are equal, ignoring the order of their permissions. */
export function isSame(role: SeenRole, other: SeenRole): boolean {
  return role.title === other.title && role.description === other.description && givesTheSame(role, other);
}

/** Whether two roles give the same permissions and the same keys may carry them. */
export function givesTheSame(
  role: Pick<SeenRole, "permissions" | "publishable">,
  other: Pick<SeenRole, "permissions" | "publishable">,
): boolean {
  return (
    role.publishable === other.publishable &&
    [...role.permissions].sort().join(" ") === [...other.permissions].sort().join(" ")
  );
}
