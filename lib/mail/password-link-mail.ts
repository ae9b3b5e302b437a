import { escapeHtml } from "./escape-html";
import type { Mail } from "./send-mail";
import { singleLine } from "./single-line";

export type PasswordLinkFacts = {
  readonly email: string;
  readonly organizationName: string;
  readonly link: string;
  readonly expiresAt: Date;
};

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/** The mail to somebody who was created through the API, with the link by which they set their password. */
export function passwordLinkMail({ email, link, expiresAt, ...facts }: PasswordLinkFacts): Mail {
  const organization = singleLine(facts.organizationName);
  const what = `You are now a member of ${organization} on Latchkey. Set a password to sign in.`;
  const rules = `The link works once, until ${dateFormat.format(expiresAt)} UTC. Whoever opens it first can use it, so pass it on to nobody.`;
  const ignore = "You did not expect this? Then do nothing: without a password nobody can sign in.";
  const paragraph = (content: string) => `<p style="margin:0 0 16px">${content}</p>`;
  return {
    to: email,
    subject: `Your account at ${organization}`,
    text: `${[what, `To set your password, open:\n${link}`, rules, ignore].join("\n\n")}\n`,
    html: [
      '<div style="font:15px/1.5 system-ui,sans-serif;max-width:34em">',
      paragraph(escapeHtml(what)),
      paragraph(`<a href="${escapeHtml(link)}">Set your password</a>`),
      paragraph(escapeHtml(rules)),
      paragraph(escapeHtml(ignore)),
      "</div>",
    ].join("\n"),
  };
}
