import { paragraphMail } from "./paragraph-mail";
import type { Mail } from "./send-mail";

type LinkMail = Pick<Mail, "to" | "subject"> & {
  readonly what: string;
  /** What to do with the link: before it in the text, and instead of it in the HTML. */
  readonly lead: string;
  readonly label: string;
  readonly link: string;
  readonly expiresAt: Date;
  /** What becomes of it when it is not followed. */
  readonly ignore: string;
};

const dateFormat = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/** A mail that carries a link which lets one person in, once. */
export function linkMail({ what, lead, label, link, expiresAt, ignore, ...head }: LinkMail): Mail {
  const rules = `The link works once, until ${dateFormat.format(expiresAt)} UTC. Anybody who has it can use it, so do not pass it on.`;
  return paragraphMail({ ...head, paragraphs: [what, { lead, label, link }, rules, ignore] });
}
