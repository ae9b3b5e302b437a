import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { levelsSeenByKey, lockInviter } from "./lock-inviter";

/** Revokes an open invitation to a level the actor may invite to. If it is accepted at the same time, one wins. */
export async function revokeInvitation(
  context: ActingContext,
  { invitationId }: { invitationId: string },
): Promise<Result<null>> {
  const { organization, actor, origin } = context;
  return inTransaction(async (transaction) => {
    const inviter = await lockInviter(transaction, context);
    const absent = failure("not_found", "This invitation is no longer open: it was accepted or revoked.");
    // Invitations they cannot see are reported as not found.
    const where = {
      id: invitationId,
      organizationId: organization.id,
      acceptedAt: null,
      revokedAt: null,
    };
    if (!inviter.ok) {
      if (actor.kind === "user" || inviter.code !== "forbidden") return inviter;
      const accessLevel = { in: [...levelsSeenByKey({ ...context, actor })] };
      const seen = await transaction.invitation.count({ where: { ...where, accessLevel } });
      return seen > 0 ? inviter : absent;
    }
    const [revoked] = await transaction.invitation.updateManyAndReturn({
      where: { ...where, accessLevel: { in: [...inviter.value.levels] } },
      data: { revokedAt: origin.at },
      select: { email: true },
    });
    if (revoked === undefined) return absent;
    await recordAuditEntry(transaction, context, {
      action: "invitation.revoked",
      target: { type: "invitation", id: invitationId, name: revoked.email },
      details: {},
    });
    return success(null);
  });
}
