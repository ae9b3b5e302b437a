import { invitableLevels } from "@/lib/core/access/invite-members";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { invitationMail } from "@/lib/mail/invitation-mail";
import type { InviteMemberInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/access/context";
import { lockMembership } from "@/lib/services/access/lock-membership";
import { mailRefused, reserveMail } from "@/lib/services/mail/mail-budget";
import { invitationShare } from "@/lib/services/mail/mail-share";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { randomLinkToken } from "@/lib/token/link-token";
import type { NewInvitation } from "./insert-invitation";
import { insertInvitation, invitationLifeMs } from "./insert-invitation";
import type { MadeInvitation } from "./invitation-view";

/**
 * Creates a single-use invitation link, valid for seven days. It replaces an open invitation to the same email,
 * whose link was lost or misdirected. If a mail server is configured, the link is only mailed, so opening it proves
 * the address. Otherwise the answer contains it, for the inviting person to hand over.
 */
export async function inviteMember(
  context: MemberContext,
  input: InviteMemberInput,
): Promise<Result<MadeInvitation>> {
  const { organization, actor, origin } = context;
  const token = randomLinkToken();
  const expiresAt = new Date(origin.at.getTime() + invitationLifeMs);
  const parties = { recipient: input.email, senderId: actor.userId, organizationId: organization.id };
  const reserved = await reserveMail(invitationShare, parties, origin.at);
  if (!("place" in reserved)) return mailRefused(reserved.fullUntil, origin.at);
  const made = await inTransaction((transaction) =>
    invite(transaction, context, { ...input, token, expiresAt }),
  );
  if (!made.ok) {
    await reserved.place.release();
    return made;
  }
  // Send after the commit: a mail cannot be recalled, and a slow mail server must not hold locks.
  const mail = await reserved.place.send(
    invitationMail({
      ...input,
      organizationName: organization.name,
      invitedBy: actor,
      link: `${env().appUrl}/invite/${token}`,
      expiresAt,
    }),
  );
  return success({ ...input, token: mail === "off" ? token : null, expiresAt, mail });
}

async function invite(
  transaction: Transaction,
  context: MemberContext,
  input: Omit<NewInvitation, "levels" | "maker">,
): Promise<Result<null>> {
  const { organization, actor } = context;
  const { accessLevel } = input;
  const membership = await lockMembership(transaction, organization.id, actor.userId);
  if (membership === null) return failure("not_found", "There is no such organization.");
  const levels = invitableLevels(membership.level, membership.keyCreators);
  if (levels.length === 0) return failure("forbidden", "Only owners and admins may invite.");
  if (!levels.includes(accessLevel)) {
    const message = `As ${membership.level} you may only invite people as ${levels.join(" or ")}`;
    return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
  }
  const late = requireFreshPassword(context, "inviteMember", { accessLevel });
  if (late !== null) return late;
  const maker = { madeByKeyId: null, madeByFamilyId: null };
  return insertInvitation(transaction, context, { ...input, levels, maker });
}
