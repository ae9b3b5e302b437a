import { noticeKinds, paceOf } from "@/lib/core/notices/notice-kinds";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { noticeMail } from "@/lib/mail/notice-mail";
import type { Mail } from "@/lib/mail/send-mail";
import { isMailSet } from "@/lib/services/mail/is-mail-set";
import { reserveMail } from "@/lib/services/mail/mail-budget";
import { noticeShare } from "@/lib/services/mail/mail-share";
import { readNotices } from "../read-notices";
import type { ClaimedMail } from "./claim-mails";
import { claimMails, finishMail, postponeMail } from "./claim-mails";

const atOnce = 8;
/** In one mail; the dashboard has the others. */
const mostNotices = 50;
const namedItems = 20;

/**
 * Sends the mails that are due. Several nodes may run this at once: each mail is claimed by one. A mail whose node dies
 * after the mail server took it is sent again; no other is.
 *
 * @returns whether there may be more
 */
export async function mailNotices(now: Date, signal?: AbortSignal): Promise<boolean> {
  if (!isMailSet() || signal?.aborted === true) return false;
  const claimed = await claimMails(now, atOnce);
  const sent = claimed.map((mail) =>
    // The claim ends by itself.
    sendClaimed(mail, now).catch((error) => log().error({ err: error }, "a mail of notices was not sent")),
  );
  await Promise.all(sent);
  return claimed.length === atOnce;
}

async function sendClaimed(claimed: ClaimedMail, now: Date): Promise<void> {
  const mail = await composeMail(claimed);
  if (mail === null) return finishMail(claimed, false, now);
  const parties = { recipient: mail.to, senderId: null, organizationId: null };
  const reserved = await reserveMail(noticeShare, parties, now);
  if ("fullUntil" in reserved) return postponeMail(claimed, reserved.fullUntil, now);
  const outcome = await reserved.place.send(mail);
  if (outcome === "sent") return finishMail(claimed, true, now);
  await postponeMail(claimed, null, now);
}

/** What the person may see and wants by mail, as of now; null if there is nothing left of it. */
async function composeMail({ userId, pace, since, through }: ClaimedMail): Promise<Mail | null> {
  const reader = await database().noticeReader.findUniqueOrThrow({
    where: { userId },
    select: { unmailed: true, user: { select: { email: true } } },
  });
  const kinds = noticeKinds.filter((kind) => paceOf[kind] === pace && !reader.unmailed.includes(kind));
  const found = await readNotices(userId, {
    where: Prisma.sql`n.position >= ${since}::bigint AND notice.kind = ANY (${kinds})`,
    // Nobody has to do anything about the end of a key that is gone.
    items: Prisma.sql`i.position BETWEEN ${since}::bigint AND ${through}::bigint
      AND (notice.kind <> 'key_expiring' OR (k.revoked_at IS NULL AND k.deleted_at IS NULL))`,
    ...{ most: mostNotices, named: namedItems },
  });
  if (found.length === 0) return null;
  return noticeMail({ email: reader.user.email, notices: found, appUrl: env().appUrl });
}
