import type { AccessLevel } from "@/lib/core/access/access-level";
import type { KeyType } from "@/lib/core/access/effective-permissions";
import { keySeesRoles, mayKeyManageRoles } from "@/lib/core/access/manage-roles-by-keys";
import type { PermissionChange } from "@/lib/core/access/role-change";
import { roleChange } from "@/lib/core/access/role-change";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { PreviewRoleChangeInput } from "@/lib/schemas/role";
import type { ActingContext } from "@/lib/services/access/key-context";
import { readLifetimeBound } from "@/lib/services/access/read-lifetime-bound";
import { readUseOfKeys } from "@/lib/services/keys/impact/keys-impact";
import { listImpact } from "@/lib/services/keys/impact/most-used-keys";
import { roleCatalog } from "@/lib/services/keys/read/find-roles";
import type { StatusAt } from "@/lib/services/keys/read/status-where";
import { statusSql } from "@/lib/services/keys/read/status-where";
import { absentRole, refuseToManageRoles } from "./manage-roles";
import type { RoleChangePreview } from "./role-view";

/** How many keys the dialog lists by name; it only counts the rest. */
const namedKeys = 20;

/** A group of keys with the role on which the change has the same effect. */
type Carriers = {
  /** Identifies the group. */
  alike: string;
  keys: number;
  type: KeyType;
  accessLevel: AccessLevel;
  creatorLevel: AccessLevel | null;
  /** The public role ids, sorted. */
  roleIds: string[];
};

type AskedChange = Pick<PreviewRoleChangeInput, "roleId"> & Partial<PreviewRoleChangeInput>;

/**
 * Which keys a role's new permissions would affect now, and how. Changes nothing. Omitted fields stay unchanged. A
 * calling key only gets the names of keys that it sees.
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
  const bound = await readLifetimeBound(database(), organization.id);
  const carriers = liveCarriers(organization.id, own.id, { ...bound, now: origin.at });
  const changes = new Map<string, PermissionChange>();
  let liveKeys = 0;
  for (const { alike, keys, type, accessLevel, creatorLevel, roleIds } of await groupsOf(carriers)) {
    liveKeys += keys;
    const roles = roleIds.flatMap((carried) => catalog.get(carried) ?? []);
    const facts = { type, accessLevel, creatorLevel, roles, keyCreators: organization.keyCreators };
    const change = roleChange(facts, changed);
    if (change.gains.length > 0 || change.losses.length > 0) changes.set(alike, change);
  }
  const affected = Prisma.sql`SELECT * FROM (${carriers}) carriers WHERE alike = ANY(${[...changes.keys()]})`;
  const { use, ids, withUse } = await readUseOfKeys(affected, {
    organizationId: organization.id,
    now: origin.at,
    rows: { from: 0, atMost: namedKeys },
    shown: seenByCaller(context),
  });
  const named = withUse(
    await database().$queryRaw<NamedKey[]>`
      SELECT id, last_used_at AS "lastUsedAt", alike FROM (${carriers}) carriers WHERE id = ANY(${ids})`,
  );
  const changeOf = new Map(named.map(({ id, alike }) => [id, changes.get(alike)]));
  const listed = await listImpact(database(), organization.id, named, origin.at);
  return success({
    liveKeys,
    changed: use.total,
    keys: listed.map((key) => ({ ...key, ...(changeOf.get(key.id) ?? noChange) })),
    use: { counts: use.counts, hours: use.hours },
  });
}

type NamedKey = { id: string; lastUsedAt: Date | null; alike: string };

const noChange: PermissionChange = { gains: [], losses: [] };

function refuseToPreview({ actor, organization, level }: ActingContext, roleExists: boolean): Failure | null {
  const { keyCreators } = organization;
  if (actor.kind === "user") return refuseToManageRoles({ level, keyCreators });
  if (!roleExists || !keySeesRoles(actor)) return absentRole;
  return mayKeyManageRoles(actor)
    ? null
    : failure("forbidden", "This needs an organization's own key with the permission roles:manage.");
}

/** A person who manages roles sees every key. */
function seenByCaller({ actor }: ActingContext): Prisma.Sql {
  if (actor.kind === "user") return Prisma.sql`TRUE`;
  if (!actor.permissions.includes("keys:read")) return Prisma.sql`FALSE`;
  return Prisma.sql`key.namespace_type = ${actor.namespace.type}::namespace_type`;
}

/** A statement that selects the keys with this role that are live at that time. */
function liveCarriers(organizationId: string, roleRowId: string, at: StatusAt): Prisma.Sql {
  return Prisma.sql`
    SELECT *, json_build_array(type, access_level, creator_level, role_ids)::text AS alike FROM (
      SELECT k.id, k.name, k.last_used_at, k.namespace_type, k.type, k.access_level,
        CASE k.namespace_type WHEN 'organization' THEN m.access_level ELSE g.access_level END AS creator_level,
        (SELECT json_agg(coalesce(kr.built_in_role_id, r.role_id) ORDER BY coalesce(kr.built_in_role_id, r.role_id))
          FROM api_key_roles kr LEFT JOIN roles r ON r.organization_id = kr.organization_id AND r.id = kr.role_id
          WHERE kr.key_id = k.id) AS role_ids
      FROM api_key_roles carried
      JOIN api_keys k ON k.organization_id = carried.organization_id AND k.id = carried.key_id
      LEFT JOIN members m ON m.organization_id = k.organization_id AND m.user_id = k.creator_id
      LEFT JOIN grants g ON g.user_id = k.creator_id AND (g.application_id = k.application_id
        OR g.workspace_id = k.workspace_id OR g.user_group_id = k.user_group_id)
      WHERE carried.organization_id = ${organizationId}::uuid AND carried.role_id = ${roleRowId}::uuid
        AND k.deleted_at IS NULL AND ${statusSql("active", at)}) facts`;
}

function groupsOf(carriers: Prisma.Sql): Promise<Carriers[]> {
  return database().$queryRaw<Carriers[]>`
    SELECT alike, count(*)::int AS keys, alike::json->>0 AS type, alike::json->>1 AS "accessLevel",
      alike::json->>2 AS "creatorLevel", alike::json->3 AS "roleIds"
    FROM (${carriers}) carriers GROUP BY alike`;
}
