import { env } from "@/lib/env";
import { passwordChangedMail } from "@/lib/mail/password-changed-mail";
import { sendWithinBudget } from "@/lib/services/mail/mail-budget";
import { noticeShare } from "@/lib/services/mail/mail-share";

/** Mails a person that their password was changed, in case they did not do it. Callers do not await it. */
export async function tellOfNewPassword(email: string, at: Date): Promise<void> {
  const link = `${env().appUrl}/forgot-password`;
  await sendWithinBudget(noticeShare, passwordChangedMail({ email, link, at }), null, at);
}
