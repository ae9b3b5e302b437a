import type { Role } from "@/lib/core/access/role";
import { builtInRole, builtInRoles } from "@/lib/core/access/role";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";

/** An organization's roles: built-in ones first, then its own by id. */
export async function roleCatalog(transaction: Transaction, organizationId: OrganizationId): Promise<Role[]> {
  const own = await transaction.role.findMany({ where: { organizationId }, orderBy: { roleId: "asc" } });
  return [...builtInRoles, ...own.map((role) => ({ ...role, id: role.roleId }))];
}

/** Those of the catalog's roles that have these ids. */
export async function rolesNamed(
  transaction: Transaction,
  organizationId: OrganizationId,
  ids: readonly string[],
): Promise<Role[]> {
  return (await roleCatalog(transaction, organizationId)).filter(({ id }) => ids.includes(id));
}

/**
 * Returns the role ids that the organization does not have. Locks the roles it does have until the transaction ends: it
 * waits for a deletion in progress, whose role is then unknown, and no other role can be deleted before its key is
 * written.
 */
export async function unknownRoles(
  transaction: Transaction,
  organizationId: OrganizationId,
  roleIds: readonly string[],
): Promise<string[]> {
  const asked = roleIds.filter((id) => builtInRole(id) === undefined);
  if (asked.length === 0) return [];
  const found = await transaction.$queryRaw<{ roleId: string }[]>`
    SELECT role_id AS "roleId" FROM roles
    WHERE organization_id = ${organizationId}::uuid AND role_id IN (${Prisma.join(asked)})
    ORDER BY role_id FOR KEY SHARE`;
  return asked.filter((id) => !found.some((role) => role.roleId === id));
}

/** The message for roles that the organization does not have. */
export function unknownRole(ids: readonly string[]): string {
  const quoted = ids.map((id) => `“${id}”`).join(", ");
  return ids.length === 1 ? `Role ${quoted} does not exist` : `Roles ${quoted} do not exist`;
}

/** Refuses unknown roles by id; null if the organization has them all. */
export async function refuseUnknownRoles(
  transaction: Transaction,
  organizationId: OrganizationId,
  roles: readonly string[],
): Promise<Failure | null> {
  const unknown = await unknownRoles(transaction, organizationId, roles);
  if (unknown.length === 0) return null;
  const message = unknownRole(unknown);
  return failure("invalid_request", `${message}.`, [{ field: "roles", message }]);
}
