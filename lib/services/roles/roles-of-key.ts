import { keySeesRoles, mayKeyReadRoles } from "@/lib/core/access/manage-roles-by-keys";
import { builtInRole } from "@/lib/core/access/role";
import { cutPage } from "@/lib/core/list-cursor";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { KeyContext } from "@/lib/services/access/key-context";
import { roleCatalog } from "@/lib/services/keys/read/find-roles";
import { toRoleRows } from "./list-roles";
import { absentRole } from "./manage-roles";
import type { RoleRow } from "./role-view";

type RolesOfKeyInput = {
  readonly limit: number;
  /** The id of the previous page's last role; null for the first page. */
  readonly after: string | null;
  readonly builtIn?: boolean | undefined;
};

const needsRead = failure("forbidden", "This needs the permission keys:read.");

/** One page of the built-in roles and the organization's own, by id. Only keys of the organization itself see roles. */
export async function listRolesOfKey(
  { organization, actor }: KeyContext,
  { limit, after, builtIn }: RolesOfKeyInput,
): Promise<Result<{ readonly rows: readonly RoleRow[]; readonly next: string | null }>> {
  if (!actor.permissions.includes("keys:read")) return needsRead;
  if (!keySeesRoles(actor)) return success({ rows: [], next: null });
  // The number of roles is limited (see `createRole`), so paging happens in memory.
  const catalog = await roleCatalog(database(), organization.id);
  const asked = catalog.filter(
    ({ id }) => builtIn === undefined || builtIn === (builtInRole(id) !== undefined),
  );
  const following = asked.filter(({ id }) => after === null || id > after);
  const { rows, next } = cutPage(
    following.sort((a, b) => (a.id < b.id ? -1 : 1)),
    limit,
  );
  return success({ rows: await toRoleRows(organization.id, rows), next: next?.id ?? null });
}

/** One role. Not found for keys outside the organization's own namespace. */
export async function readRoleOfKey(
  context: KeyContext,
  { roleId }: { readonly roleId: string },
): Promise<Result<RoleRow>> {
  const found = await showRoleOfKey(context, { roleId });
  if (!found.ok) return found;
  return mayKeyReadRoles(context.actor) ? found : needsRead;
}

/**
 * Like `readRoleOfKey`, without requiring keys:read: it answers a change, which a key may make without that permission.
 */
export async function showRoleOfKey(
  { organization, actor }: KeyContext,
  { roleId }: { readonly roleId: string },
): Promise<Result<RoleRow>> {
  const catalog = keySeesRoles(actor) ? await roleCatalog(database(), organization.id) : [];
  const [row] = await toRoleRows(
    organization.id,
    catalog.filter(({ id }) => id === roleId),
  );
  return row === undefined ? absentRole : success(row);
}
