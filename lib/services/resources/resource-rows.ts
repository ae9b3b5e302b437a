import type { AccessLevel } from "@/lib/core/access/access-level";
import { maySeeAllKeys } from "@/lib/core/access/manage-keys";
import { mayManageResource } from "@/lib/core/access/manage-resources";
import type { ResourceType } from "@/lib/core/access/resource";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { MemberContext } from "@/lib/services/access/context";
import { statusSql } from "@/lib/services/keys/read/status-where";
import { resourceTable } from "./resource-table";
import type { ResourceRow } from "./resource-view";

type Row = {
  id: string;
  name: string;
  createdAt: Date;
  level: AccessLevel | null;
  people: number;
  liveKeys: number;
  workspaces: number;
  userGroups: number;
};

/**
 * Rows of one type as this person sees them, by name.
 *
 * @param where a condition on `resource`, the type's table, and on `own`, this person's grant there
 * @param parent this person's level in the rows' parent; see ResourceLevels
 */
export async function readResourceRows(
  context: MemberContext,
  type: ResourceType,
  parent: AccessLevel | null,
  where: Prisma.Sql,
  page: { readonly take: number; readonly skip: number },
): Promise<ResourceRow[]> {
  const { organization, actor, level, origin } = context;
  const { table, column } = resourceTable[type];
  const rows = await database().$queryRaw<Row[]>`
    SELECT resource.id::text, resource.name, resource.created_at AS "createdAt",
      own.access_level::text AS level,
      (SELECT count(*)::int FROM grants g WHERE g.${column} = resource.id) AS people,
      (SELECT count(*)::int FROM api_keys k WHERE k.${column} = resource.id
        AND ${statusSql("active", { ...organization, now: origin.at })}) AS "liveKeys",
      ${type === "application" ? visibleChildren(context, "workspace") : Prisma.sql`0`} AS workspaces,
      ${type === "application" ? visibleChildren(context, "usergroup") : Prisma.sql`0`} AS "userGroups"
    FROM ${table} resource
    LEFT JOIN grants own ON own.${column} = resource.id AND own.user_id = ${actor.userId}::uuid
    WHERE resource.organization_id = ${organization.id}::uuid AND resource.deleted_at IS NULL AND ${where}
    ORDER BY lower(resource.name), resource.id LIMIT ${page.take} OFFSET ${page.skip}`;
  const seesKeys = maySeeAllKeys({ level, keyCreators: organization.keyCreators });
  return rows.map(({ liveKeys, workspaces, userGroups, ...row }) => {
    const actorLevels = { organization: level, parent, own: row.level };
    return {
      type,
      ...row,
      liveKeys: seesKeys ? liveKeys : null,
      workspaces: type === "application" ? workspaces : null,
      userGroups: type === "application" ? userGroups : null,
      allowed: {
        update: mayManageResource(actorLevels, "update", type),
        delete: mayManageResource(actorLevels, "delete", type),
        grant: mayManageResource(actorLevels, "grant", type),
      },
    };
  });
}

/**
 * Counts the workspaces or user groups of the row's application that this person may see. A count must not reveal the
 * others.
 */
function visibleChildren({ actor, level }: MemberContext, type: "workspace" | "usergroup"): Prisma.Sql {
  const { table, column } = resourceTable[type];
  return Prisma.sql`(SELECT count(*)::int FROM ${table} child
    WHERE child.application_id = resource.id AND child.deleted_at IS NULL
      AND (${level === "OWNER"} OR own.id IS NOT NULL OR EXISTS (
        SELECT 1 FROM grants g WHERE g.${column} = child.id AND g.user_id = ${actor.userId}::uuid)))`;
}
