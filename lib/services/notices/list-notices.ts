import type { NoticeView } from "@/lib/core/notices/notice-view";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { UserActor } from "@/lib/services/access/context";
import { readNotices } from "./read-notices";
import { visibleNotices } from "./visible-notices";

const pageSize = 30;
/** Higher counts are shown as "99+". */
const mostCounted = 100;

export type NoticePage = {
  readonly notices: readonly NoticeView[];
  /** The position up to which everything can be marked as read; null if nothing is unread. */
  readonly unreadThrough: number | null;
  /** The position to pass for older notices; null if there are none. */
  readonly before: number | null;
};

/** One page of a person's notices, newest first. @param before the position of the last notice on the previous page */
export async function listNotices(actor: UserActor, before: number | null): Promise<Result<NoticePage>> {
  const { userId } = actor;
  const readThrough = await readReadThrough(userId);
  const found = await readNotices(userId, {
    where: before === null ? Prisma.sql`true` : Prisma.sql`n.position < ${before}::bigint`,
    items: Prisma.sql`true`,
    ...{ most: pageSize + 1, named: 3 },
  });
  const notices = found
    .slice(0, pageSize)
    .map((notice) => ({ ...notice, isUnread: readThrough !== null && notice.position > readThrough }));
  const newest = notices.find(({ isUnread }) => isUnread);
  return success({
    notices,
    unreadThrough: newest?.position ?? null,
    before: found.length > pageSize ? (notices.at(-1)?.position ?? null) : null,
  });
}

/** How many unread notices a person has, up to 100. */
export async function countUnreadNotices(userId: string): Promise<number> {
  const readThrough = await readReadThrough(userId);
  if (readThrough === null) return 0;
  const [row] = await database().$queryRaw<{ readonly count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM ${visibleNotices(userId, BigInt(readThrough))} n LIMIT ${mostCounted}
    ) unread`;
  return row?.count ?? 0;
}

/** Null for somebody who never had a notice: older notices that become visible to them are not new. */
async function readReadThrough(userId: string): Promise<number | null> {
  const reader = await database().noticeReader.findUnique({
    where: { userId },
    select: { readThrough: true },
  });
  return reader === null ? null : Number(reader.readThrough);
}
