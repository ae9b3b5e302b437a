import { linkMail } from "./link-mail";
import { quotedName } from "./quoted-name";
import type { Mail } from "./send-mail";

export type PasswordLinkFacts = {
  readonly email: string;
  readonly organizationName: string;
  readonly link: string;
  readonly expiresAt: Date;
};

/** Sends people created through the API the link to set their password. */
export function passwordLinkMail({ email, link, expiresAt, ...facts }: PasswordLinkFacts): Mail {
  const organization = quotedName(facts.organizationName);
  return linkMail({
    to: email,
    subject: `Your account at ${organization}`,
    what: `You are now a member of ${organization} on Latchkey. Set a password to sign in.`,
    lead: "To set your password, open:",
    label: "Set your password",
    link,
    expiresAt,
    ignore: "If you did not expect this, ignore this mail: without a password nobody can sign in.",
  });
}
