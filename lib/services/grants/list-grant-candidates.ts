import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { GrantCandidatesInput } from "@/lib/schemas/grant";
import type { MemberContext } from "@/lib/services/access/context";
import { namespaceColumns } from "@/lib/services/access/level-in-namespace";
import { seeManagedResource } from "@/lib/services/access/see-resource";
import { searchWhere } from "@/lib/services/members/list-members";
import { personSelect } from "@/lib/services/users/person-select";
import type { GrantCandidates } from "./grant-view";

const shownMaximum = 20;

/**
 * The first 20 members, by name, who match the search and have no access to a resource. Only for people who may give
 * access to it.
 */
export async function listGrantCandidates(
  context: MemberContext,
  { resource, search }: GrantCandidatesInput,
): Promise<Result<GrantCandidates>> {
  const seen = await seeManagedResource(context, resource);
  if (!seen.ok) return seen;
  const found = await database().member.findMany({
    where: {
      organizationId: context.organization.id,
      ...searchWhere(search),
      grants: { none: namespaceColumns(resource) },
    },
    select: { user: { select: personSelect } },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
    take: shownMaximum + 1,
  });
  return success({
    people: found.slice(0, shownMaximum).map(({ user }) => user),
    more: found.length > shownMaximum,
  });
}
