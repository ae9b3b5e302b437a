import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { hashLinkToken, randomLinkToken } from "@/lib/token/link-token";

const minuteMs = 60 * 1000;
const mailedLifeMs = 30 * minuteMs;
/** An operator may have to find the person first. */
const handedOverLifeMs = 60 * minuteMs;

export type ResetLink = { readonly link: string; readonly expiresAt: Date };

/** A new link by which the person sets a password, once. The one before it stops working. */
export async function makeResetLink(userId: string, byOperator: boolean, at: Date): Promise<ResetLink> {
  const token = randomLinkToken();
  const expiresAt = new Date(at.getTime() + (byOperator ? handedOverLifeMs : mailedLifeMs));
  const fields = { tokenHash: hashLinkToken(token), createdAt: at, expiresAt, byOperator };
  await database().passwordReset.upsert({
    where: { userId },
    create: { userId, ...fields },
    update: fields,
  });
  return { link: `${env().appUrl}/reset-password/${token}`, expiresAt };
}
