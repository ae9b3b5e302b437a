import { mailedKinds, paceOf } from "@/lib/core/notices/notice-kinds";
import type { NoticeView } from "@/lib/core/notices/notice-view";
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
/** The maximum per mail; the dashboard shows the rest. */
const mostNotices = 50;
const namedItems = 20;
const fullPauseMs = 15 * 60 * 1000;

/**
 * Sends the mails that are due. Several nodes may run this at once: each mail is claimed by one. A mail is sent twice
 * only if the node dies after the mail server accepted it.
 *
 * @returns whether there may be more
 */
export async function mailNotices(now: Date, signal?: AbortSignal): Promise<boolean> {
  if (!isMailSet() || signal?.aborted === true) return false;
  const claimed = await claimMails(now, atOnce);
  const sent = claimed.map((mail) =>
    // The claim expires on its own.
    sendClaimed(mail, now).catch((error) => log().error({ err: error }, "a mail of notices was not sent")),
  );
  await Promise.all(sent);
  return claimed.length === atOnce;
}

async function sendClaimed(claimed: ClaimedMail, now: Date): Promise<void> {
  const composed = await composeMail(claimed);
  if (composed === null) return finishMail(claimed, false, now);
  const { mail } = composed;
  const reserved = await reserveNoticeMail(composed, now);
  if ("fullUntil" in reserved) {
    // Try again before that, since a warning of another organization may have joined the mail.
    const soon = Math.min(reserved.fullUntil.getTime(), now.getTime() + fullPauseMs);
    return postponeMail(claimed, new Date(soon), now);
  }
  const outcome = await reserved.place.send(mail);
  if (outcome === "sent") return finishMail(claimed, true, now);
  await postponeMail(claimed, null, now);
}

/**
 * Counts the mail against one of the organizations it is about, so that none can use up the limit of all. It is sent if
 * one of them has room, so a flood in one does not delay another's warning. Notices about the person's own account
 * count against none.
 */
async function reserveNoticeMail({ mail, notices }: Composed, now: Date) {
  const slugs = notices.map(({ organization }) => organization?.slug);
  const organizations = slugs.includes(undefined)
    ? [{ id: null }]
    : await database().organization.findMany({
        where: { slug: { in: slugs.filter((slug) => slug !== undefined) } },
        select: { id: true },
        orderBy: { id: "asc" },
      });
  let fullUntil = now;
  for (const { id: organizationId } of organizations) {
    const parties = { recipient: mail.to, senderId: null, organizationId };
    const reserved = await reserveMail(noticeShare, parties, now);
    if ("place" in reserved) return reserved;
    fullUntil = reserved.fullUntil;
  }
  return { fullUntil };
}

type Composed = {
  readonly mail: Mail;
  readonly notices: readonly Pick<NoticeView, "organization">[];
};

/** The mail with what the person may see and wants by mail now; null if nothing is left. */
async function composeMail({ userId, pace, since, through }: ClaimedMail): Promise<Composed | null> {
  const reader = await database().noticeReader.findUniqueOrThrow({
    where: { userId },
    select: { unmailed: true, user: { select: { email: true } } },
  });
  const kinds = mailedKinds(reader.unmailed).filter((kind) => paceOf[kind] === pace);
  const found = await readNotices(userId, {
    where: Prisma.sql`n.position >= ${since}::bigint AND notice.kind = ANY (${kinds})`,
    // Nobody has to act on the end of a key that is gone.
    items: Prisma.sql`i.position BETWEEN ${since}::bigint AND ${through}::bigint
      AND (notice.kind <> 'key_expiring' OR (k.revoked_at IS NULL AND k.deleted_at IS NULL))`,
    ...{ most: mostNotices, named: namedItems },
  });
  if (found.length === 0) return null;
  return {
    mail: noticeMail({ email: reader.user.email, notices: found, appUrl: env().appUrl }),
    notices: found,
  };
}
