import type { ResourceLevels } from "@/lib/core/access/manage-resources";
import { mayManageResource, maySeeResource } from "@/lib/core/access/manage-resources";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { resourceRefusals, resourceWords } from "@/lib/services/resources/resource-words";
import type { FoundResource } from "../resources/resource-table";
import { findResource } from "../resources/resource-table";
import type { MemberContext } from "./context";
import { readResourceLevels } from "./read-resource-levels";

export type SeenResource = FoundResource & { readonly actorLevels: ResourceLevels };

/**
 * Reads an application, workspace or user group that this person may see. The same `not_found` covers resources that
 * they may not see, deleted ones and those of other organizations.
 */
export async function seeResource(
  { organization, actor, level }: MemberContext,
  resource: Resource,
): Promise<Result<SeenResource>> {
  const absent = failure("not_found", `There is no such ${resourceWords[resource.type]}.`);
  const found = await findResource(database(), organization.id, resource, "none");
  if (found === null) return absent;
  const person = { userId: actor.userId, level };
  const actorLevels = await readResourceLevels(database(), organization.id, person, found, { lock: false });
  return maySeeResource(actorLevels, resource.type) ? success({ ...found, actorLevels }) : absent;
}

/** Reads a resource for a person who may manage access to it. */
export async function seeManagedResource(
  context: MemberContext,
  resource: Resource,
): Promise<Result<SeenResource>> {
  const seen = await seeResource(context, resource);
  if (!seen.ok || mayManageResource(seen.value.actorLevels, "grant", resource.type)) return seen;
  return failure("forbidden", resourceRefusals.grant(resource.type));
}
