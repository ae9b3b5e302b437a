import { mailDueAt } from "@/lib/core/notices/mail-times";
import type { NoticePace } from "@/lib/core/notices/notice-kinds";
import type { Transaction } from "@/lib/db/client";
import type { Added } from "../add-items";

/** The people to notify, and how soon. */
export type Concerned = ReadonlyMap<string, ReadonlySet<NoticePace>>;

/**
 * Queues mail for these people, whose rows are locked. It joins a mail that is already waiting, at that mail's time.
 * Whether they may see the notice and want it by mail is checked when it is mailed.
 */
export async function queueMails(
  transaction: Transaction,
  concerned: Concerned,
  { first, newest }: Added,
  now: Date,
): Promise<void> {
  const known = await transaction.noticeMail.findMany({
    where: { userId: { in: [...concerned.keys()] } },
    select: { userId: true, pace: true, sentAt: true },
  });
  const rows = [...concerned].flatMap(([userId, paces]) =>
    [...paces].map((pace) => {
      const sentAt = known.find((mail) => mail.userId === userId && mail.pace === pace)?.sentAt ?? null;
      return { userId, pace, dueAt: mailDueAt(pace, now, sentAt) };
    }),
  );
  await transaction.$executeRaw`
    INSERT INTO notice_mails AS m (user_id, pace, since, newest, due_at)
    SELECT "userId", pace, ${first}::bigint, ${newest}::bigint, "dueAt"
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS waiting("userId" uuid, pace text, "dueAt" timestamptz)
    ORDER BY "userId", pace
    ON CONFLICT (user_id, pace) DO UPDATE SET newest = excluded.newest,
      since = coalesce(m.since, excluded.since), due_at = coalesce(m.due_at, excluded.due_at)`;
}
