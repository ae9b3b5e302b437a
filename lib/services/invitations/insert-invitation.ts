import type { AccessLevel } from "@/lib/core/access/access-level";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import type { InviteMemberInput } from "@/lib/schemas/member";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { hashLinkToken } from "@/lib/token/link-token";

export const invitationLifeMs = 7 * 24 * 60 * 60 * 1000;

/** The key that makes a link, and its token family. The link ends with them. Both are null for a person. */
export type LinkMaker = { readonly madeByKeyId: string | null; readonly madeByFamilyId: string | null };

/** Per person, including their keys, and organization. Each invitation can mail a stranger in our name. */
const invitationsAnHour = 100;

export type NewInvitation = InviteMemberInput & {
  readonly token: string;
  readonly expiresAt: Date;
  /** The levels that the caller may invite to. */
  readonly levels: readonly AccessLevel[];
  readonly maker: LinkMaker;
};

/** Inserts an invitation. The calling verb has checked that it may give this level. */
export async function insertInvitation(
  transaction: Transaction,
  context: ActingContext,
  { email, accessLevel, token, expiresAt, levels, maker }: NewInvitation,
): Promise<Result<{ readonly id: string }>> {
  const { organization, actor, origin } = context;
  const organizationId = organization.id;
  const invitedById = actsFor(actor);
  const member = await transaction.member.count({ where: { organizationId, user: { email } } });
  if (member > 0) return emailTaken("This person is already a member");
  const hourAgo = new Date(origin.at.getTime() - 60 * 60 * 1000);
  const recent = await transaction.invitation.count({
    where: { organizationId, invitedById, createdAt: { gt: hourAgo } },
  });
  if (recent >= invitationsAnHour) {
    return failure("rate_limited", `You made ${recent} invitations within an hour. Wait a while.`);
  }

  const open = { organizationId, email, acceptedAt: null, revokedAt: null };
  const { count: replaced } = await transaction.invitation.updateMany({
    where: { ...open, OR: [{ accessLevel: { in: [...levels] } }, { expiresAt: { lte: origin.at } }] },
    data: { revokedAt: origin.at },
  });
  // Do not replace an open invitation to a level that this caller may not give.
  if ((await transaction.invitation.count({ where: open })) > 0) {
    return emailTaken("An owner has invited this person to a higher level");
  }
  const [invitation] = await transaction.invitation.createManyAndReturn({
    data: {
      organizationId,
      email,
      accessLevel,
      tokenHash: hashLinkToken(token),
      invitedById,
      ...maker,
      createdAt: origin.at,
      expiresAt,
    },
    select: { id: true },
    skipDuplicates: true,
  });
  // Somebody else invited the same person in between.
  if (invitation === undefined) {
    return failure("conflict", "Somebody else is inviting this person. Check the invitations.");
  }
  await recordAuditEntry(transaction, context, {
    action: "member.invited",
    target: { type: "invitation", id: invitation.id, name: email },
    details: { accessLevel, expiresAt: expiresAt.toISOString(), replacedEarlier: replaced > 0 },
  });
  return success(invitation);
}

function emailTaken(message: string) {
  return failure("conflict", `${message}.`, [{ field: "email", message }]);
}
