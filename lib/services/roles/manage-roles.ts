import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import { keySeesRoles, mayKeyManageRoles } from "@/lib/core/access/manage-roles-by-keys";
import { levelHolds } from "@/lib/core/access/permission";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { RoleModel } from "@/lib/db/generated/models";
import type { SeenRole } from "@/lib/schemas/role";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import type { CallingKey } from "@/lib/services/access/lock-calling-key";
import { callerRevoked, holdToken, readCallingKey } from "@/lib/services/access/lock-calling-key";
import { lockKeyRows } from "@/lib/services/access/lock-key-rows";
import type { Membership } from "@/lib/services/access/lock-membership";
import { lockMembership } from "@/lib/services/access/lock-membership";

export const absentRole = failure("not_found", "There is no such role.");

/** Why a person with this membership may not manage roles; null if they may. */
export function refuseToManageRoles(
  membership: Pick<Membership, "level" | "keyCreators"> | null,
): Failure | null {
  if (membership === null || !maySeeAllKeys(membership)) return absentRole;
  if (levelHolds(membership.level, "roles:manage", membership.keyCreators)) return null;
  return failure("forbidden", "Only an owner may manage roles.");
}

/** Locks the membership behind the actor's rights. Returns a refusal, or null. */
export async function lockRoleManager(
  transaction: Transaction,
  { organization, actor }: ActingContext,
): Promise<Failure | null> {
  const membership = await lockMembership(transaction, organization.id, actsFor(actor));
  if (actor.kind === "key") return membership === null ? callerRevoked : null;
  return refuseToManageRoles(membership);
}

/**
 * Locks the calling key, if there is one, and these keys with the role, in the order of their ids. Refuses a key that
 * may not manage roles. Returns null for a person. Lock the role before.
 *
 * @param role null if the organization has none with this id; keys that see no roles get the same answer
 */
export async function lockRoleCaller(
  transaction: Transaction,
  { actor, ...context }: ActingContext,
  role: RoleModel | null | "new",
  carrierIds: readonly string[] = [],
): Promise<Result<CallingKey | null>> {
  if (actor.kind === "user") return role === null ? absentRole : success(null);
  await holdToken(transaction, { actor });
  await lockKeyRows(transaction, context.organization.id, [...carrierIds, actor.keyId]);
  const caller = await readCallingKey(transaction, { ...context, actor });
  if (!caller.ok) return caller;
  if (role === null || (role !== "new" && !keySeesRoles(actor))) return absentRole;
  if (mayKeyManageRoles({ ...actor, ...caller.value })) return caller;
  return failure("forbidden", "This needs an organization's own key with the permission roles:manage.");
}

/**
 * Locks one of the organization's own roles until the transaction ends; null if there is none with this id. In the lock
 * order, a role comes after the membership and before any key.
 */
export async function lockRole(
  transaction: Transaction,
  { organization }: ActingContext,
  roleId: string,
): Promise<RoleModel | null> {
  await transaction.$queryRaw`
    SELECT 1 FROM roles WHERE organization_id = ${organization.id}::uuid AND role_id = ${roleId} FOR UPDATE`;
  // A separate statement after the lock, so that it sees what the previous holder committed.
  return transaction.role.findUnique({
    where: { organizationId_roleId: { organizationId: organization.id, roleId } },
  });
}

/** Refuses to change a role that differs from what the person saw. Programs do not say what they saw. */
export function refuseChangedRole(role: RoleModel, seen: SeenRole | undefined): Failure | null {
  if (seen === undefined || isSame(role, seen)) return null;
  const detail = "Somebody changed this role in the meantime. Look at it as it is now, then save again.";
  return { ...failure("conflict", detail), current: roleFields(role) };
}

/** The editable fields of a role, without its ids. */
export function roleFields({ title, description, permissions, publishable }: SeenRole) {
  return { title, description, permissions, publishable };
}

/** Whether two roles are equal, ignoring the order of their permissions. */
export function isSame(role: SeenRole, other: SeenRole): boolean {
  return role.title === other.title && role.description === other.description && givesTheSame(role, other);
}

/** Whether two roles grant the same permissions and are allowed for the same keys. */
export function givesTheSame(
  role: Pick<SeenRole, "permissions" | "publishable">,
  other: Pick<SeenRole, "permissions" | "publishable">,
): boolean {
  return (
    role.publishable === other.publishable &&
    [...role.permissions].sort().join(" ") === [...other.permissions].sort().join(" ")
  );
}
