import { mayManageResource } from "@/lib/core/access/manage-resources";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { resourceRefusals } from "@/lib/services/resources/resource-words";
import type { MemberContext } from "./context";
import type { SeenResource } from "./see-resource";
import { seeResource } from "./see-resource";

/** Reads a resource whose access this person may manage. */
export async function seeManagedResource(
  context: MemberContext,
  resource: Resource,
): Promise<Result<SeenResource>> {
  const seen = await seeResource(context, resource);
  if (!seen.ok || mayManageResource(seen.value.standing, "grant", resource.type)) return seen;
  return failure("forbidden", resourceRefusals.grant(resource.type));
}
