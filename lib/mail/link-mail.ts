import { paragraphMail } from "./paragraph-mail";
import type { Mail } from "./send-mail";

type LinkMail = Pick<Mail, "to" | "subject"> & {
  readonly what: string;
  /** What to do with the link. The text shows it before the link, the HTML as the link itself. */
  readonly lead: string;
  readonly label: string;
  readonly link: string;
  readonly expiresAt: Date;
  /** What happens if nobody opens the link. */
  readonly ignore: string;
};

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/** A mail with a single-use link for one person. */
export function linkMail({ what, lead, label, link, expiresAt, ignore, ...head }: LinkMail): Mail {
  const rules = `The link works once, until ${dateFormat.format(expiresAt)} UTC. Anybody who has it can use it, so do not pass it on.`;
  return paragraphMail({ ...head, paragraphs: [what, { lead, label, link }, rules, ignore] });
}
