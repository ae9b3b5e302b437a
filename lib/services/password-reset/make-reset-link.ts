import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { resetShare } from "@/lib/services/mail/mail-share";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";

/**
 * Equal to the window of the mail limit per recipient. Strangers can use up a person's mails, but the link in the last
 * mail works until the next one can be requested.
 */
const linkLifeMs = resetShare.recipient.windowMs;

export type ResetLink = { readonly link: string; readonly expiresAt: Date };

/** Creates a single-use link to set a password. The person's previous link stops working. */
export async function makeResetLink(userId: string, byOperator: boolean, at: Date): Promise<ResetLink> {
  const token = randomLinkToken();
  const expiresAt = new Date(at.getTime() + linkLifeMs);
  const fields = { tokenHash: hashLinkToken(token), createdAt: at, expiresAt, byOperator };
  await database().passwordReset.upsert({
    where: { userId },
    create: { userId, ...fields },
    update: fields,
  });
  return { link: `${env().appUrl}/reset-password/${token}`, expiresAt };
}
