import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { resetShare } from "@/lib/services/mail/mail-share";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";

/**
 * As long as the window in which mails to one person are counted. Strangers can use up the person's mails, but the
 * last of them leads to a link that works until the next can be asked for.
 */
const linkLifeMs = resetShare.recipient.windowMs;

export type ResetLink = { readonly link: string; readonly expiresAt: Date };

/** A new link by which the person sets a password, once. The one before it stops working. */
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
