import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import { keySeesRoles, mayKeyManageRoles } from "@/lib/core/access/manage-roles-by-keys";
import type { NamespaceType } from "@/lib/core/access/namespace";
import type { PermissionChange } from "@/lib/core/access/role-change";
import { roleChange } from "@/lib/core/access/role-change";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { PreviewRoleChangeInput } from "@/lib/schemas/role";
import type { ActingContext } from "@/lib/services/access/key-context";
import { readLifetimeBound } from "@/lib/services/access/read-lifetime-bound";
import { roleCatalog } from "@/lib/services/keys/read/find-roles";
import type { StatusAt } from "@/lib/services/keys/read/status-where";
import { statusSql } from "@/lib/services/keys/read/status-where";
import { absentRole, refuseToManageRoles } from "./manage-roles";
import type { RoleChangePreview } from "./role-view";

/** Keys that the dialog lists by name; it only counts the rest. */
const namedKeys = 20;

type Carrier = {
  id: string;
  name: string;
  namespaceType: NamespaceType;
  type: KeyType;
  accessLevel: AccessLevel;
  creatorLevel: AccessLevel | null;
  /** The public role ids, sorted. */
  roleIds: string[];
};

type AskedChange = Pick<PreviewRoleChangeInput, "roleId"> & Partial<PreviewRoleChangeInput>;

/**
 * Which keys a role's new permissions would affect now, and how. Changes nothing. Omitted fields stay as they are. A
 * calling key gets the names only of the keys that it sees itself.
 */
export async function previewRoleChange(
  context: ActingContext,
  { roleId, ...asked }: AskedChange,
): Promise<Result<RoleChangePreview>> {
  const { organization, origin } = context;
  const own = await database().role.findUnique({
    where: { organizationId_roleId: { organizationId: organization.id, roleId } },
  });
  const refusal = refuseToPreview(context, own !== null);
  if (refusal !== null) return refusal;
  if (own === null) return absentRole;
  const { permissions = own.permissions, publishable = own.publishable } = asked;

  const catalog = new Map((await roleCatalog(database(), organization.id)).map((role) => [role.id, role]));
  const changed = { ...own, id: roleId, permissions, publishable };
  // Thousands of keys can share everything that matters here.
  const known = new Map<string, PermissionChange>();
  const bound = await readLifetimeBound(database(), organization.id);
  const carriers = await liveCarriers(organization.id, own.id, { ...bound, now: origin.at });
  const changes = carriers.map(({ id, name, namespaceType, type, accessLevel, creatorLevel, roleIds }) => {
    const alike = JSON.stringify([type, accessLevel, creatorLevel, roleIds]);
    const roles = roleIds.flatMap((carried) => catalog.get(carried) ?? []);
    const facts = { type, accessLevel, creatorLevel, roles, keyCreators: organization.keyCreators };
    const change = known.get(alike) ?? roleChange(facts, changed);
    known.set(alike, change);
    return { id, name, namespaceType, ...change };
  });
  const keys = changes.filter(({ gains, losses }) => gains.length > 0 || losses.length > 0);
  const named = keys.filter(({ namespaceType }) => seesKeyIn(context, namespaceType)).slice(0, namedKeys);
  return success({
    liveKeys: carriers.length,
    changed: keys.length,
    keys: named.map(({ namespaceType: _, ...key }) => key),
  });
}

function refuseToPreview({ actor, organization, level }: ActingContext, roleExists: boolean): Failure | null {
  const { keyCreators } = organization;
  if (actor.kind === "user") return refuseToManageRoles({ level, keyCreators });
  if (!roleExists || !keySeesRoles(actor)) return absentRole;
  return mayKeyManageRoles(actor)
    ? null
    : failure("forbidden", "This needs an organization's own key with the permission roles:manage.");
}

/** A person who manages roles sees every key. */
function seesKeyIn({ actor }: ActingContext, namespaceType: NamespaceType): boolean {
  return (
    actor.kind === "user" ||
    (namespaceType === actor.namespace.type && actor.permissions.includes("keys:read"))
  );
}

/** The keys that are live then and carry this role, sorted by name. */
function liveCarriers(organizationId: string, roleRowId: string, at: StatusAt): Promise<Carrier[]> {
  return database().$queryRaw<Carrier[]>`
    SELECT k.id, k.name, k.namespace_type::text AS "namespaceType", k.type::text AS type, k.access_level::text AS "accessLevel",
      (CASE k.namespace_type WHEN 'organization' THEN m.access_level ELSE g.access_level END)::text
        AS "creatorLevel",
      (SELECT json_agg(coalesce(kr.built_in_role_id, r.role_id) ORDER BY coalesce(kr.built_in_role_id, r.role_id))
        FROM api_key_roles kr LEFT JOIN roles r ON r.organization_id = kr.organization_id AND r.id = kr.role_id
        WHERE kr.key_id = k.id) AS "roleIds"
    FROM api_key_roles carried
    JOIN api_keys k ON k.organization_id = carried.organization_id AND k.id = carried.key_id
    LEFT JOIN members m ON m.organization_id = k.organization_id AND m.user_id = k.creator_id
    LEFT JOIN grants g ON g.user_id = k.creator_id AND (g.application_id = k.application_id
      OR g.workspace_id = k.workspace_id OR g.user_group_id = k.user_group_id)
    WHERE carried.organization_id = ${organizationId}::uuid AND carried.role_id = ${roleRowId}::uuid
      AND k.deleted_at IS NULL AND ${statusSql("active", at)}
    ORDER BY k.name, k.id`;
}
