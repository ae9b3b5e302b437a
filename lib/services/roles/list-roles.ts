import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import { levelHolds } from "@/lib/core/access/permission";
import type { Role } from "@/lib/core/access/role";
import { builtInRole, builtInRoles, matchesRole } from "@/lib/core/access/role";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ListInput } from "@/lib/schemas/list";
import type { MemberContext, OrganizationId } from "@/lib/services/access/context";
import { roleCatalog } from "@/lib/services/keys/read/find-roles";
import type { RolePage, RoleRow } from "./role-view";

/**
 * One page of the table "Roles": built-in roles first, then the organization's own. Not found for people who may not
 * see the API keys. The number of roles is limited (see `createRole`), so searching and paging happen in memory.
 */
export async function listRoles(
  { organization, level }: MemberContext,
  { search, page, pageSize }: ListInput,
): Promise<Result<RolePage>> {
  if (!maySeeAllKeys({ level, keyCreators: organization.keyCreators })) {
    return failure("not_found", "There is no such page.");
  }
  const catalog = await roleCatalog(database(), organization.id);
  const found = catalog.filter((role) => matchesRole(role, search));
  const shown = found.slice((page - 1) * pageSize, page * pageSize);
  return success({
    rows: await toRoleRows(organization.id, shown),
    total: found.length,
    anyOwn: catalog.length > builtInRoles.length,
    manageable: levelHolds(level, "roles:manage", organization.keyCreators),
  });
}

export async function toRoleRows(
  organizationId: OrganizationId,
  roles: readonly Role[],
): Promise<readonly RoleRow[]> {
  const keys = await countKeys(organizationId, roles);
  return roles.map((role) => ({
    id: role.id,
    title: role.title,
    description: role.description,
    permissions: role.permissions,
    publishable: role.publishable,
    builtIn: builtInRole(role.id) !== undefined,
    keys: keys.get(role.id) ?? 0,
  }));
}

/** How many undeleted keys have each of these roles, by role id. */
async function countKeys(
  organizationId: OrganizationId,
  roles: readonly Role[],
): Promise<Map<string, number>> {
  const ids = roles.map(({ id }) => id);
  const carried = { organizationId, key: { deletedAt: null } };
  const [builtIn, own, names] = await Promise.all([
    database().apiKeyRole.groupBy({
      by: "builtInRoleId",
      where: { ...carried, builtInRoleId: { in: ids } },
      _count: true,
    }),
    database().apiKeyRole.groupBy({
      by: "roleId",
      where: { ...carried, role: { roleId: { in: ids } } },
      _count: true,
    }),
    database().role.findMany({
      where: { organizationId, roleId: { in: ids } },
      select: { id: true, roleId: true },
    }),
  ]);
  const shownId = new Map(names.map(({ id, roleId }) => [id, roleId]));
  return new Map([
    ...builtIn.map(({ builtInRoleId, _count }) => [builtInRoleId ?? "", _count] as const),
    ...own.map(({ roleId, _count }) => [shownId.get(roleId ?? "") ?? "", _count] as const),
  ]);
}
