import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";

/**
 * Counts the applications, workspaces and user groups that this person sees but has no grant in. Everyone sees
 * applications and the organization's own user groups. What is inside an application is visible to people with a
 * grant there and to the organization's owners.
 */
export async function countWithoutAccess({ organization, actor, level }: MemberContext): Promise<number> {
  const mine = { some: { userId: actor.userId } };
  const here = {
    organizationId: organization.id,
    deletedAt: null,
    grants: { none: { userId: actor.userId } },
  };
  const application = { deletedAt: null, ...(level === "OWNER" ? {} : { grants: mine }) };
  const counts = await Promise.all([
    database().application.count({ where: here }),
    database().workspace.count({ where: { ...here, application } }),
    database().userGroup.count({ where: { ...here, OR: [{ applicationId: null }, { application }] } }),
  ]);
  return counts.reduce((sum, count) => sum + count, 0);
}
