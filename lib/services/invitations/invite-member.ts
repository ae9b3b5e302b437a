import { invitableLevels } from "@/lib/core/invite-members";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { invitationMail } from "@/lib/mail/invitation-mail";
import { sendMail } from "@/lib/mail/send-mail";
import type { InviteMemberInput } from "@/lib/schemas/member";
import type { MemberContext } from "@/lib/services/context";
import { lockMembership } from "@/lib/services/members/lock-membership";
import { randomLinkToken } from "@/lib/token/link-token";
import type { NewInvitation } from "./insert-invitation";
import { insertInvitation, invitationLifeMs } from "./insert-invitation";
import type { MadeInvitation } from "./invitation-view";

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
  const token = randomLinkToken();
  const expiresAt = new Date(origin.at.getTime() + invitationLifeMs);
  const made = await inTransaction((transaction) =>
    invite(transaction, context, { ...input, token, expiresAt }),
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

async function invite(
  transaction: Transaction,
  context: MemberContext,
  input: Omit<NewInvitation, "levels">,
): Promise<Result<null>> {
  const { organization, actor } = context;
  const { accessLevel } = input;
  const membership = await lockMembership(transaction, organization.id, actor.userId);
  if (membership === null) return failure("not_found", "There is no such organization.");
  const levels = invitableLevels(membership.level, membership.keyCreators);
  if (levels.length === 0) return failure("forbidden", "Only owners and admins may invite.");
  if (!levels.includes(accessLevel)) {
    const message = `As ${membership.level} you may invite to ${levels.join(", ")} only`;
    return failure("forbidden", `${message}.`, [{ field: "accessLevel", message }]);
  }
  return insertInvitation(transaction, context, { ...input, levels });
}
