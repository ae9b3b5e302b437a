import { mailDueAt, mailRetryMs } from "@/lib/core/notices/mail-times";
import type { NoticePace } from "@/lib/core/notices/notice-kinds";
import { database } from "@/lib/db/client";

/** A mail that this node is sending. */
export type ClaimedMail = {
  readonly userId: string;
  readonly pace: NoticePace;
  /** The positions of the first and last item in the mail. */
  readonly since: bigint;
  readonly through: bigint;
  readonly attempts: number;
  /** When the claim ends, as the database formats it. The outcome is written only if the claim is still the same. */
  readonly claim: string;
};

/** Longer than the time limit for a mail server. If this node dies, another one sends the mail afterwards. */
const claimSeconds = 300;

/** Claims mails that are due. */
export function claimMails(now: Date, most: number): Promise<ClaimedMail[]> {
  return database().$queryRaw<ClaimedMail[]>`
    WITH due AS MATERIALIZED (
      SELECT user_id, pace FROM notice_mails WHERE since IS NOT NULL AND due_at <= ${now}::timestamptz
        AND (claimed_until IS NULL OR claimed_until < clock_timestamp())
      ORDER BY due_at LIMIT ${most} FOR UPDATE SKIP LOCKED
    )
    UPDATE notice_mails m SET through = newest,
      claimed_until = clock_timestamp() + ${claimSeconds}::int * interval '1 second'
    FROM due WHERE m.user_id = due.user_id AND m.pace = due.pace
    RETURNING m.user_id::text AS "userId", m.pace, m.since, m.through, m.attempts, m.claimed_until::text AS claim`;
}

/**
 * Marks the mail as done; items that arrived meanwhile wait for the next one. @param isSent false if there was nothing
 * to send
 */
export async function finishMail(
  { userId, pace, claim }: ClaimedMail,
  isSent: boolean,
  now: Date,
): Promise<void> {
  const next = mailDueAt(pace, now, isSent ? now : null);
  await database().$executeRaw`
    UPDATE notice_mails SET attempts = 0, claimed_until = NULL, through = NULL,
      since = CASE WHEN newest > through THEN through + 1 END,
      due_at = CASE WHEN newest > through THEN ${next}::timestamptz END,
      sent_at = CASE WHEN ${isSent}::boolean THEN ${now}::timestamptz ELSE sent_at END
    WHERE user_id = ${userId}::uuid AND pace = ${pace} AND claimed_until = ${claim}::timestamptz`;
}

/** Keeps the mail for a later attempt. @param until null after a failure, where the delay grows each time */
export async function postponeMail(mail: ClaimedMail, until: Date | null, now: Date): Promise<void> {
  const { userId, pace, claim } = mail;
  const attempts = mail.attempts + (until === null ? 1 : 0);
  const retryMs = mailRetryMs(attempts);
  if (until === null && retryMs === null) return finishMail(mail, false, now);
  const dueAt = until ?? new Date(now.getTime() + (retryMs ?? 0));
  await database().$executeRaw`
    UPDATE notice_mails SET attempts = ${attempts}::int, claimed_until = NULL, through = NULL, due_at = ${dueAt}::timestamptz
    WHERE user_id = ${userId}::uuid AND pace = ${pace} AND claimed_until = ${claim}::timestamptz`;
}
