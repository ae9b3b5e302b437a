import { paragraphMail } from "./paragraph-mail";
import type { Mail } from "./send-mail";

export type PasswordChangedFacts = {
  readonly email: string;
  /** Where to request a link to reset the password. */
  readonly link: string;
  readonly at: Date;
};

const timeFormat = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "long",
  timeStyle: "short",
  timeZone: "UTC",
});

/** Tells people that their password was changed, by them or by somebody else. */
export function passwordChangedMail({ email, link, at }: PasswordChangedFacts): Mail {
  return paragraphMail({
    to: email,
    subject: "Your Latchkey password was changed",
    paragraphs: [
      `The password of your Latchkey account was changed on ${timeFormat.format(at)} UTC. If it was you, there is nothing to do.`,
      {
        lead: "If it was not you, set a new password now:",
        label: "It was not me: set a new password",
        link,
      },
      "Then check your organizations' API keys and members for changes that you do not recognize.",
    ],
  });
}
