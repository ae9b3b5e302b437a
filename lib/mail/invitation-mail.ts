import type { AccessLevel } from "@/lib/core/access/access-level";
import { levelWord } from "@/lib/core/access/access-level";
import { linkMail } from "./link-mail";
import { quotedName } from "./quoted-name";
import type { Mail } from "./send-mail";
import { singleLine } from "./single-line";

export type InvitationFacts = {
  readonly email: string;
  readonly organizationName: string;
  readonly invitedBy: { readonly name: string; readonly email: string };
  readonly accessLevel: AccessLevel;
  readonly link: string;
  readonly expiresAt: Date;
};

/** The mail with an invitation's link. */
export function invitationMail({ email, accessLevel, link, expiresAt, ...facts }: InvitationFacts): Mail {
  const organization = quotedName(facts.organizationName);
  const inviter = `${quotedName(facts.invitedBy.name)} (${singleLine(facts.invitedBy.email)})`;
  return linkMail({
    to: email,
    subject: `Invitation to ${organization}`,
    what: `${inviter} invites you to join ${organization} on Latchkey as ${levelWord(accessLevel)}.`,
    lead: "To accept, open:",
    label: "Accept the invitation",
    link,
    expiresAt,
    ignore: "If you did not expect this, ignore this mail.",
  });
}
