import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { GrantConsequencesInput } from "@/lib/schemas/grant";
import type { MemberContext } from "@/lib/services/access/context";
import { seeManagedResource } from "@/lib/services/access/see-resource";
import type { MemberConsequences } from "@/lib/services/members/member-view";
import { readKeyConsequences } from "@/lib/services/members/read-key-consequences";

/** What changing or removing a member's level in a resource would do to their keys there. */
export async function readGrantConsequences(
  context: MemberContext,
  { resource, userId, accessLevel }: GrantConsequencesInput,
): Promise<Result<MemberConsequences>> {
  const seen = await seeManagedResource(context, resource);
  if (!seen.ok) return seen;
  const consequences = await readKeyConsequences(context, userId, { accessLevel, within: resource });
  return consequences === null ? failure("not_found", "There is no such member.") : success(consequences);
}
