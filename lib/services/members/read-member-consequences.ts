import { levelHolds } from "@/lib/core/access/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { MemberConsequencesInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
import type { MemberConsequences } from "./member-view";
import { readKeyConsequences } from "./read-key-consequences";

/** What removing a member, or changing their level in the organization, would do to their keys. */
export async function readMemberConsequences(
  context: MemberContext,
  { userId, accessLevel }: MemberConsequencesInput,
): Promise<Result<MemberConsequences>> {
  if (!levelHolds(context.level, "users:update", context.organization.keyCreators)) {
    return failure("forbidden", "Only an owner may remove members and change their levels.");
  }
  const consequences = await readKeyConsequences(context, userId, { accessLevel });
  return consequences === null ? failure("not_found", "There is no such member.") : success(consequences);
}
