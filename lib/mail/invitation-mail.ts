import type { AccessLevel } from "@/lib/core/access-level";
import { escapeHtml } from "./escape-html";
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

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/** The mail that carries an invitation's link, as text and as simple HTML that says the same. */
export function invitationMail({ email, accessLevel, link, expiresAt, ...facts }: InvitationFacts): Mail {
  const organization = singleLine(facts.organizationName);
  const inviter = `${singleLine(facts.invitedBy.name)} (${singleLine(facts.invitedBy.email)})`;
  const what = `${inviter} invites you to join ${organization} on Latchkey as ${accessLevel}.`;
  const rules = `The link works once, until ${dateFormat.format(expiresAt)} UTC. Whoever opens it first can use it, so pass it on to nobody.`;
  const ignore = "You did not expect this? Then do nothing, and nothing happens.";
  const paragraph = (content: string) => `<p style="margin:0 0 16px">${content}</p>`;
  return {
    to: email,
    subject: `Invitation to ${organization}`,
    text: `${[what, `To accept, open:\n${link}`, rules, ignore].join("\n\n")}\n`,
    html: [
      '<div style="font:15px/1.5 system-ui,sans-serif;max-width:34em">',
      paragraph(escapeHtml(what)),
      paragraph(`<a href="${escapeHtml(link)}">Accept the invitation</a>`),
      paragraph(escapeHtml(rules)),
      paragraph(escapeHtml(ignore)),
      "</div>",
    ].join("\n"),
  };
}
