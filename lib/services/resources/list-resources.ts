import type { AccessLevel } from "@/lib/core/access/access-level";
import { mayCreateResource, maySeeResource } from "@/lib/core/access/manage-resources";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { escapeLike } from "@/lib/db/escape-like";
import { Prisma } from "@/lib/db/generated/client";
import type { ResourceListInput } from "@/lib/schemas/resource";
import type { MemberContext } from "@/lib/services/access/context";
import { seeResource } from "../access/see-resource";
import { readResourceRows } from "./resource-rows";
import { resourceTable } from "./resource-table";
import type { ResourcePage } from "./resource-view";

/**
 * One page of the applications, workspaces or user groups that this person may see: those of an application or, if
 * `applicationId` is null, the organization's own.
 */
export async function listResources(
  context: MemberContext,
  { type, applicationId, search, page, pageSize }: ResourceListInput,
): Promise<Result<ResourcePage>> {
  const { organization, actor, level } = context;
  const place = await readPlace(context, applicationId);
  if (!place.ok) return place;
  const parent = place.value;
  const seesAll = maySeeResource({ organization: level, parent, own: null }, type);
  const { table, column } = resourceTable[type];
  const where = Prisma.sql`${inPlace(type, applicationId)}
    AND (${seesAll} OR own.id IS NOT NULL)
    AND (${search === ""} OR resource.name ILIKE ${`%${escapeLike(search)}%`})`;
  const [rows, [counted]] = await Promise.all([
    readResourceRows(context, type, parent, where, { take: pageSize, skip: (page - 1) * pageSize }),
    database().$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM ${table} resource
      LEFT JOIN grants own ON own.${column} = resource.id AND own.user_id = ${actor.userId}::uuid
      WHERE resource.organization_id = ${organization.id}::uuid AND resource.deleted_at IS NULL AND ${where}`,
  ]);
  return success({
    rows,
    total: counted?.total ?? 0,
    creatable: mayCreateResource({ organization: level, parent }, type),
  });
}

/** This person's level in the list's parent: the application, or the organization. */
async function readPlace(
  context: MemberContext,
  applicationId: string | null,
): Promise<Result<AccessLevel | null>> {
  if (applicationId === null) return success(context.level);
  const seen = await seeResource(context, { type: "application", id: applicationId });
  return seen.ok ? success(seen.value.actorLevels.own) : seen;
}

function inPlace(type: ResourceListInput["type"], applicationId: string | null): Prisma.Sql {
  if (type === "application" && applicationId !== null) return Prisma.sql`FALSE`;
  if (applicationId !== null) return Prisma.sql`resource.application_id = ${applicationId}::uuid`;
  if (type === "usergroup") return Prisma.sql`resource.application_id IS NULL`;
  // Every workspace is in an application; an organization has none of its own.
  return type === "application" ? Prisma.sql`TRUE` : Prisma.sql`FALSE`;
}
