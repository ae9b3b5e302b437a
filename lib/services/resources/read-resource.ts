import { mayCreateResource } from "@/lib/core/access/manage-resources";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { MemberContext } from "@/lib/services/access/context";
import { seeResource } from "../access/see-resource";
import { readResourceRows } from "./resource-rows";
import { findResource } from "./resource-table";
import type { ResourceDetails } from "./resource-view";
import { resourceWords } from "./resource-words";

/** One application, workspace or user group, for its page. */
export async function readResource(
  context: MemberContext,
  resource: Resource,
): Promise<Result<ResourceDetails>> {
  const { organization, level } = context;
  const seen = await seeResource(context, resource);
  if (!seen.ok) return seen;
  const { actorLevels, applicationId } = seen.value;
  const itself = Prisma.sql`resource.id = ${resource.id}::uuid`;
  const [[row], application] = await Promise.all([
    readResourceRows(context, resource.type, actorLevels.parent, itself, { take: 1, skip: 0 }),
    applicationId === null
      ? null
      : findResource(database(), organization.id, { type: "application", id: applicationId }, "none"),
  ]);
  // The resource was deleted between the two reads.
  if (row === undefined) {
    return failure("not_found", `There is no such ${resourceWords[resource.type]}.`);
  }
  const inside = { organization: level, parent: actorLevels.own };
  const isApplication = resource.type === "application";
  return success({
    ...row,
    application: application === null ? null : { id: application.id, name: application.name },
    creatable: {
      workspace: isApplication && mayCreateResource(inside, "workspace"),
      usergroup: isApplication && mayCreateResource(inside, "usergroup"),
    },
  });
}
