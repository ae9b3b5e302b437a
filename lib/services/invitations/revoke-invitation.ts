import { invitableLevels } from "@/lib/core/access/invite-members";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";

/** Revokes an open invitation to a level this person may invite to. If it is accepted at the same time, one wins. */
export async function revokeInvitation(
  context: MemberContext,
  { invitationId }: { invitationId: string },
): Promise<Result<null>> {
  const { organization, actor, origin } = context;
  return inTransaction(async (transaction) => {
    const membership = await lockMembership(transaction, organization.id, actor.userId);
    if (membership === null) return failure("not_found", "There is no such organization.");
    const levels = invitableLevels(membership.level, membership.keyCreators);
    if (levels.length === 0) return failure("forbidden", "Only owners and admins may revoke invitations.");
    const [revoked] = await transaction.invitation.updateManyAndReturn({
      // Invitations they cannot see are reported as not found.
      where: {
        id: invitationId,
        organizationId: organization.id,
        accessLevel: { in: levels },
        acceptedAt: null,
        revokedAt: null,
      },
      data: { revokedAt: origin.at },
      select: { email: true },
    });
    if (revoked === undefined) {
      return failure("not_found", "This invitation is no longer open: it was accepted or revoked.");
    }
    await recordAuditEntry(transaction, context, {
      action: "invitation.revoked",
      target: { type: "invitation", id: invitationId, name: revoked.email },
      details: {},
    });
    return success(null);
  });
}
