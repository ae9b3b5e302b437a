import { invitableLevels } from "@/lib/core/access/invite-members";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ListInput } from "@/lib/schemas/list";
import type { MemberContext } from "@/lib/services/access/context";
import type { InvitationPage } from "./invitation-view";

const pageSize = 20;

/** One page of the open invitations to levels that this person may invite to, newest first. */
export async function listInvitations(
  { organization, level }: MemberContext,
  { page: asked }: Pick<ListInput, "page">,
): Promise<Result<InvitationPage>> {
  const levels = invitableLevels(level, organization.keyCreators);
  if (levels.length === 0) return failure("forbidden", "Only owners and admins may see invitations.");
  const where = {
    organizationId: organization.id,
    accessLevel: { in: levels },
    acceptedAt: null,
    revokedAt: null,
  };
  const total = await database().invitation.count({ where });
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(asked, pages);
  const invitations = await database().invitation.findMany({
    where,
    select: {
      id: true,
      email: true,
      accessLevel: true,
      createdAt: true,
      expiresAt: true,
      invitedBy: { select: { name: true } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: (page - 1) * pageSize,
    take: pageSize,
  });
  const rows = invitations.map(({ invitedBy, ...row }) => ({ ...row, invitedBy: invitedBy.name }));
  return success({ rows, total, page, pages });
}
