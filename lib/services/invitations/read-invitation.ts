import { database } from "@/lib/db/client";
import { hashInvitationToken } from "./invitation-token";
import type { OpenInvitation } from "./invitation-view";

/** What the link of this token leads to; null when it leads nowhere, for whatever reason. */
export async function readInvitation(token: string, now: Date): Promise<OpenInvitation | null> {
  const invitation = await database().invitation.findFirst({
    where: {
      tokenHash: hashInvitationToken(token),
      acceptedAt: null,
      revokedAt: null,
      expiresAt: { gt: now },
    },
    select: {
      email: true,
      accessLevel: true,
      organization: { select: { name: true } },
      invitedBy: { select: { name: true } },
    },
  });
  if (invitation === null) return null;
  const { email, accessLevel, organization, invitedBy } = invitation;
  const accounts = await database().user.count({ where: { email } });
  return {
    email,
    accessLevel,
    organizationName: organization.name,
    invitedBy: invitedBy.name,
    hasAccount: accounts > 0,
  };
}
