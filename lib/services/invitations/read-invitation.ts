import { invitableLevels } from "@/lib/core/access/invite-members";
import { database } from "@/lib/db/client";
import { isMakerAlive } from "@/lib/services/users/is-maker-alive";
import { hashLinkToken } from "@/lib/token/link-token";
import type { OpenInvitation } from "./invitation-view";

/** The invitation behind this link; null if the link cannot be used, for whatever reason. */
export async function readInvitation(token: string, now: Date): Promise<OpenInvitation | null> {
  const invitation = await database().invitation.findFirst({
    where: {
      tokenHash: hashLinkToken(token),
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: now },
    },
    select: {
      email: true,
      accessLevel: true,
      organizationId: true,
      invitedById: true,
      madeByKeyId: true,
      madeByFamilyId: true,
      organization: { select: { name: true, keyCreators: true } },
      invitedBy: { select: { name: true } },
    },
  });
  if (invitation === null || !(await isMakerAlive(database(), invitation, now))) return null;
  const { email, accessLevel, organizationId, invitedById: userId, organization, invitedBy } = invitation;
  const inviter = await database().member.findUnique({
    where: { organizationId_userId: { organizationId, userId } },
  });
  const invitable = inviter === null ? [] : invitableLevels(inviter.accessLevel, organization.keyCreators);
  if (!invitable.includes(accessLevel)) return null;
  // An account without a password has no owner yet: this link gives it to the mailbox's owner.
  const accounts = await database().user.count({ where: { email, passwordHash: { not: null } } });
  return {
    email,
    accessLevel,
    organizationName: organization.name,
    invitedBy: invitedBy.name,
    hasAccount: accounts > 0,
  };
}
