import { levelHolds } from "@/lib/core/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/context";
import type { InvitationRow } from "./invitation-view";

/** The organization's open invitations, the latest first; for who may invite. */
export async function listInvitations({
  organization,
  level,
}: MemberContext): Promise<Result<InvitationRow[]>> {
  if (!levelHolds(level, "users:update", organization.keyCreators)) {
    return failure("forbidden", "Only an owner may see the invitations.");
  }
  const invitations = await database().invitation.findMany({
    where: { organizationId: organization.id, acceptedAt: null, revokedAt: null },
    select: {
      id: true,
      email: true,
      accessLevel: true,
      createdAt: true,
      expiresAt: true,
      invitedBy: { select: { name: true } },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return success(invitations.map(({ invitedBy, ...row }) => ({ ...row, invitedBy: invitedBy.name })));
}
