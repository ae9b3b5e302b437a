import { mayManageResource } from "@/lib/core/access/manage-resources";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ResourceInput } from "@/lib/schemas/resource";
import type { MemberContext } from "@/lib/services/access/context";
import { impactPage, readUseOfKeys } from "@/lib/services/keys/impact/keys-impact";
import { keyRowInclude, namespaceOf } from "@/lib/services/keys/read/key-row";
import { statusSql } from "@/lib/services/keys/read/status-where";
import { seeResource } from "../access/see-resource";
import { belongsTo, childrenOf } from "./resource-contents";
import { resourceTable } from "./resource-table";
import type { ResourceDeletion } from "./resource-view";
import { resourceRefusals } from "./resource-words";

/** The relations that the dialog shows. */
const { creator, application, workspace, userGroup } = keyRowInclude;

/** What a deletion would remove or end. Only for people who may delete the resource, because it names keys. */
export async function readResourceDeletion(
  context: MemberContext,
  { resource, page = 0 }: ResourceInput & { readonly page?: number },
): Promise<Result<ResourceDeletion>> {
  const { organization, origin } = context;
  const seen = await seeResource(context, resource);
  if (!seen.ok) return seen;
  if (!mayManageResource(seen.value.actorLevels, "delete", resource.type)) {
    return failure("forbidden", resourceRefusals.delete(resource.type));
  }

  const children = await childrenOf(database(), organization.id, resource, { lock: false });
  const ending = [resource, ...children];
  const keysIn = (type: Resource["type"]) => {
    const ids = ending.filter((each) => each.type === type).map(({ id }) => id);
    return Prisma.sql`k.${resourceTable[type].column} = ANY(${ids}::uuid[])`;
  };
  const keys = Prisma.sql`SELECT k.id, k.name, k.last_used_at FROM api_keys k
    WHERE k.organization_id = ${organization.id}::uuid AND k.deleted_at IS NULL
      AND (${keysIn("application")} OR ${keysIn("workspace")} OR ${keysIn("usergroup")})
      AND ${statusSql("active", { ...organization, now: origin.at })}`;
  const asked = { organizationId: organization.id, now: origin.at, rows: impactPage(page) };
  const { use, ids, withUse } = await readUseOfKeys(keys, asked);
  const [found, people] = await Promise.all([
    database().apiKey.findMany({
      where: { organizationId: organization.id, id: { in: [...ids] } },
      include: { creator, application, workspace, userGroup },
    }),
    database().grant.count({ where: { organizationId: organization.id, ...belongsTo([resource]) } }),
  ]);
  const shown = found.map((key) => {
    const { id, name, accessLevel, lastUsedAt } = key;
    return {
      id,
      name,
      accessLevel,
      lastUsedAt,
      namespace: namespaceOf(key, organization),
      createdBy: key.creator,
    };
  });
  return success({
    keys: withUse(shown),
    keyTotal: use.total,
    counts: use.counts,
    hours: use.hours,
    workspaces: children.filter(({ type }) => type === "workspace").length,
    userGroups: children.filter(({ type }) => type === "usergroup").length,
    people,
  });
}
