import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";

/**
 * How many applications, workspaces and user groups this person sees without a grant in them. Everyone sees
 * the applications and the organization's own user groups; what is in an application is seen by who has a
 * grant there, and by the organization's owners.
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
