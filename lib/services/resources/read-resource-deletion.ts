import { mayManageResource } from "@/lib/core/access/manage-resources";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ResourceInput } from "@/lib/schemas/resource";
import type { MemberContext } from "@/lib/services/access/context";
import { keyRowInclude, toKeyRow } from "@/lib/services/keys/read/key-row";
import { statusWhere } from "@/lib/services/keys/read/status-where";
import { seeResource } from "../access/see-resource";
import { belongsTo, childrenOf } from "./resource-contents";
import type { ResourceDeletion } from "./resource-view";
import { resourceRefusals } from "./resource-words";

const shownMaximum = 100;

/** What a deletion would remove or end. Only for people who may delete the resource, because it names keys. */
export async function readResourceDeletion(
  context: MemberContext,
  { resource }: ResourceInput,
): Promise<Result<ResourceDeletion>> {
  const { organization, origin } = context;
  const seen = await seeResource(context, resource);
  if (!seen.ok) return seen;
  if (!mayManageResource(seen.value.actorLevels, "delete", resource.type)) {
    return failure("forbidden", resourceRefusals.delete(resource.type));
  }

  const children = await childrenOf(database(), organization.id, resource, { lock: false });
  const ending = {
    organizationId: organization.id,
    AND: [belongsTo([resource, ...children]), statusWhere("active", { ...organization, now: origin.at })],
  };
  const [keys, keyTotal, people] = await Promise.all([
    database().apiKey.findMany({
      where: ending,
      include: keyRowInclude,
      // Keys in use come first: the limit must not cut them off.
      orderBy: [{ lastUsedAt: { sort: "desc", nulls: "last" } }, { name: "asc" }, { id: "asc" }],
      take: shownMaximum,
    }),
    database().apiKey.count({ where: ending }),
    database().grant.count({ where: { organizationId: organization.id, ...belongsTo([resource]) } }),
  ]);
  return success({
    keys: keys.map((key) => {
      const { id, name, accessLevel, namespace, lastUsedAt, createdBy } = toKeyRow(key, context);
      return { id, name, accessLevel, namespace, lastUsedAt, createdBy };
    }),
    keyTotal,
    workspaces: children.filter(({ type }) => type === "workspace").length,
    userGroups: children.filter(({ type }) => type === "usergroup").length,
    people,
  });
}
