import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { endOfToken } from "@/lib/core/token-grant";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { invitationMail } from "@/lib/mail/invitation-mail";
import type { InviteMemberInput } from "@/lib/schemas/member";
import type { ActingContext } from "@/lib/services/access/key-context";
import { actsFor } from "@/lib/services/access/key-context";
import { mailRefused, reserveMail } from "@/lib/services/mail/mail-budget";
import { invitationShare } from "@/lib/services/mail/mail-share";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { randomLinkToken } from "@/lib/token/link-token";
import type { NewInvitation } from "./insert-invitation";
import { insertInvitation, invitationLifeMs } from "./insert-invitation";
import type { MadeInvitation } from "./invitation-view";
import { lockInviter } from "./lock-inviter";

/**
 * Creates a single-use invitation link, valid for seven days. It replaces an open invitation to the same email,
 * whose link was lost or misdirected. If a mail server is configured, the link is only mailed, so opening it proves
 * the address. Otherwise the answer contains it, for the person or the program that invites to hand over.
 */
export async function inviteMember(
  context: ActingContext,
  input: InviteMemberInput,
): Promise<Result<MadeInvitation>> {
  const { organization, actor, origin } = context;
  const token = randomLinkToken();
  // A link is a credential too, so it expires no later than the key that makes it.
  const bounds = actor.kind === "key" ? [actor.expiresAt] : [];
  const expiresAt = endOfToken(origin.at, invitationLifeMs / 1000, bounds);
  const parties = { recipient: input.email, senderId: actsFor(actor), organizationId: organization.id };
  const reserved = await reserveMail(invitationShare, parties, origin.at);
  if (!("place" in reserved)) return mailRefused(reserved.fullUntil, origin.at);
  const made = await inTransaction((transaction) =>
    invite(transaction, context, { ...input, token, expiresAt }),
  );
  if (!made.ok) {
    await reserved.place.release();
    return made;
  }
  const { id, organizationName, invitedBy } = made.value;
  // Send after the commit: a mail cannot be recalled, and a slow mail server must not hold locks.
  const mail = await reserved.place.send(
    invitationMail({
      ...input,
      organizationName,
      invitedBy,
      link: `${env().appUrl}/invite/${token}`,
      expiresAt,
    }),
  );
  return success({ id, ...input, token: mail === "off" ? token : null, expiresAt, mail });
}

type Made = {
  readonly id: string;
  readonly organizationName: string;
  readonly invitedBy: { readonly name: string; readonly email: string };
};

async function invite(
  transaction: Transaction,
  context: ActingContext,
  input: Omit<NewInvitation, "levels" | "maker">,
): Promise<Result<Made>> {
  const { accessLevel } = input;
  const inviter = await lockInviter(transaction, context);
  if (!inviter.ok) return inviter;
  const { levels, only, maker } = inviter.value;
  if (!levels.includes(accessLevel)) {
    return failure("forbidden", `${only}.`, [{ field: "accessLevel", message: only }]);
  }
  const late = requireFreshPassword(context, "inviteMember", { accessLevel });
  if (late !== null) return late;
  const invited = await insertInvitation(transaction, context, { ...input, levels, maker });
  if (!invited.ok) return invited;
  const { name: organizationName } = await transaction.organization.findUniqueOrThrow({
    where: { id: context.organization.id },
  });
  const invitedBy = await transaction.user.findUniqueOrThrow({ where: { id: actsFor(context.actor) } });
  return success({ ...invited.value, organizationName, invitedBy });
}
