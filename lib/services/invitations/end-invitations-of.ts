import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/context";

/** Revokes the open invitations that a person made, and says how many: their word no longer opens the door. */
export async function endInvitationsOf(
  transaction: Transaction,
  organizationId: OrganizationId,
  invitedById: string,
  at: Date,
): Promise<number> {
  const { count } = await transaction.invitation.updateMany({
    where: { organizationId, invitedById, acceptedAt: null, revokedAt: null },
    data: { revokedAt: at },
  });
  return count;
}
