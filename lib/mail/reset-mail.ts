import { linkMail } from "./link-mail";
import type { Mail } from "./send-mail";

export type ResetFacts = { readonly email: string; readonly link: string; readonly expiresAt: Date };

/** The mail for people who forgot their password. */
export function resetMail({ email, link, expiresAt }: ResetFacts): Mail {
  return linkMail({
    to: email,
    subject: "Reset your Latchkey password",
    what: "Somebody asked for a new password for your Latchkey account.",
    lead: "To set it, open:",
    label: "Set a new password",
    link,
    expiresAt,
    ignore: "If it was not you, do nothing: your password stays as it is.",
  });
}
