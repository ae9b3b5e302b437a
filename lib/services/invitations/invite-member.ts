import { randomBytes } from "node:crypto";
import { isAtLeast } from "@/lib/core/access-level";
import { levelHolds } from "@/lib/core/permission";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { InviteMemberInput } from "@/lib/schemas/member";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { MemberContext } from "@/lib/services/context";
import { lockMembership } from "@/lib/services/members/lock-membership";
import { hashInvitationToken } from "./invitation-token";
import type { MadeInvitation } from "./invitation-view";

const invitationLifeMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Makes a link that lets one person in, once, within seven days. An open one for the same email ends: who
 * invites again has lost the first link, or sent it to the wrong place. The token is in the answer and
 * nowhere else. [B1, L12]
 */
export async function inviteMember(
  context: MemberContext,
  { email, accessLevel }: InviteMemberInput,
): Promise<Result<MadeInvitation>> {
  const { organization, actor, origin } = context;
  const organizationId = organization.id;
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(origin.at.getTime() + invitationLifeMs);

  return inTransaction(async (transaction) => {
    const membership = await lockMembership(transaction, organizationId, actor.userId);
    if (membership === null) return failure("not_found", "There is no such organization.");
    if (
      !levelHolds(membership.level, "users:update", membership.keyCreators) ||
      !isAtLeast(membership.level, accessLevel)
    ) {
      return failure("forbidden", "Only an owner may invite.");
    }
    const member = await transaction.member.count({ where: { organizationId, user: { email } } });
    if (member > 0) {
      const message = "This person is a member already";
      return failure("conflict", `${message}.`, [{ field: "email", message }]);
    }
    const { count: replaced } = await transaction.invitation.updateMany({
      where: { organizationId, email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: origin.at },
    });
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
    return success({ email, accessLevel, token, expiresAt });
  });
}
