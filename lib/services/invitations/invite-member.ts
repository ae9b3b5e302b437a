import { randomBytes } from "node:crypto";
import { invitableLevels } from "@/lib/core/invite-members";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { invitationMail } from "@/lib/mail/invitation-mail";
import { sendMail } from "@/lib/mail/send-mail";
import type { InviteMemberInput } from "@/lib/schemas/member";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { MemberContext } from "@/lib/services/context";
import { lockMembership } from "@/lib/services/members/lock-membership";
import { hashInvitationToken } from "./invitation-token";
import type { MadeInvitation } from "./invitation-view";

const invitationLifeMs = 7 * 24 * 60 * 60 * 1000;

/** Of one person in an organization. Each is a mail to a stranger, in this installation's name. */
const invitationsAnHour = 100;

/**
 * Makes a link that lets one person in, once, within seven days, and mails it where a mail server is set.
 * An open one for the same email ends: who invites again has lost the first link, or sent it to the wrong
 * place. The token is in the answer and in the mail, and nowhere else. [B1, L12]
 */
export async function inviteMember(
  context: MemberContext,
  input: InviteMemberInput,
): Promise<Result<MadeInvitation>> {
  const { organization, actor, origin } = context;
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(origin.at.getTime() + invitationLifeMs);
  const made = await inTransaction((transaction) =>
    insertInvitation(transaction, context, { ...input, token, expiresAt }),
  );
  if (!made.ok) return made;
  // After the commit: a mail cannot be taken back, and a slow mail server must hold up nobody else.
  const mail = await sendMail(
    invitationMail({
      ...input,
      organizationName: organization.name,
      invitedBy: actor,
      link: `${env().appUrl}/invite/${token}`,
      expiresAt,
    }),
  );
  return success({ ...input, token, expiresAt, mail });
}

type NewInvitation = InviteMemberInput & { readonly token: string; readonly expiresAt: Date };

async function insertInvitation(
  transaction: Transaction,
  context: MemberContext,
  { email, accessLevel, token, expiresAt }: NewInvitation,
): Promise<Result<null>> {
  const { organization, actor, origin } = context;
  const organizationId = organization.id;
  const membership = await lockMembership(transaction, organizationId, actor.userId);
  if (membership === null) return failure("not_found", "There is no such organization.");
  const levels = invitableLevels(membership.level, membership.keyCreators);
  if (levels.length === 0) return failure("forbidden", "Only owners and admins may invite.");
  if (!levels.includes(accessLevel)) {
    const message = `As ${membership.level} you may invite to ${levels.join(", ")} only`;
    return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
  }
  const member = await transaction.member.count({ where: { organizationId, user: { email } } });
  if (member > 0) return emailTaken("This person is a member already");
  const hourAgo = new Date(origin.at.getTime() - 60 * 60 * 1000);
  const recent = await transaction.invitation.count({
    where: { organizationId, invitedById: actor.userId, createdAt: { gt: hourAgo } },
  });
  if (recent >= invitationsAnHour) {
    return failure("rate_limited", `You made ${recent} invitations within an hour. Wait a while.`);
  }

  const open = { organizationId, email, acceptedAt: null, revokedAt: null };
  const { count: replaced } = await transaction.invitation.updateMany({
    where: { ...open, OR: [{ accessLevel: { in: levels } }, { expiresAt: { lte: origin.at } }] },
    data: { revokedAt: origin.at },
  });
  // An owner's invitation to more than this person may give stays as it is.
  if ((await transaction.invitation.count({ where: open })) > 0) {
    return emailTaken("An owner has invited this person to a higher level");
  }
  const [invitation] = await transaction.invitation.createManyAndReturn({
    data: {
      organizationId,
      email,
      accessLevel,
      tokenHash: hashInvitationToken(token),
      invitedById: actor.userId,
      createdAt: origin.at,
      expiresAt,
    },
    select: { id: true },
    skipDuplicates: true,
  });
  // Somebody else invited this person between the two statements.
  if (invitation === undefined) {
    return failure("conflict", "Somebody else is inviting this person. Look at the invitations.");
  }
  await recordAuditEntry(transaction, context, {
    action: "member.invited",
    target: { type: "invitation", id: invitation.id, name: email },
    details: { accessLevel, expiresAt: expiresAt.toISOString(), replacedEarlier: replaced > 0 },
  });
  return success(null);
}

function emailTaken(message: string) {
  return failure("conflict", `${message}.`, [{ field: "email", message }]);
}
