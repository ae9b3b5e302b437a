import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";

/**
 * Revokes the open invitations that a person made and may no longer make, and returns how many. Call it in the
 * transaction of their demotion or removal, after locking their membership, which inviting locks too.
 *
 * @param invitable the levels they may still invite to
 */
export async function endInvitationsOf(
  transaction: Transaction,
  organizationId: OrganizationId,
  invitedById: string,
  invitable: readonly AccessLevel[],
  at: Date,
): Promise<number> {
  const { count } = await transaction.invitation.updateMany({
    where: {
      organizationId,
      invitedById,
      acceptedAt: null,
      revokedAt: null,
      accessLevel: { notIn: [...invitable] },
    },
    data: { revokedAt: at },
  });
  return count;
}
