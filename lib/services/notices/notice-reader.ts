import type { NoticePace, ToldItem } from "@/lib/core/notices/notice-kinds";
import { noticeOf, paceOf } from "@/lib/core/notices/notice-kinds";
import type { Transaction } from "@/lib/db/client";
import type { LogReader } from "@/lib/services/log-readers/log-reader";
import { isMailSet } from "@/lib/services/mail/is-mail-set";
import { addItems } from "./add-items";
import { type Concerned, queueMails } from "./mail/queue-mails";
import { noticeReaderName } from "./notice-reader-name";

/**
 * Turns audit entries into notices. This only decides whose notices to update: who may see one is decided when it is
 * read or mailed.
 */
export const noticeReader: LogReader<null> = {
  name: noticeReaderName,
  prepare: async () => null,
  take: async (transaction, entries, { organizationId, now }) => {
    const items = entries.map(noticeOf).filter((item) => item !== null);
    if (items.length === 0) return entries.length;
    const concerned = await readConcerned(transaction, organizationId, items);
    await lockReaders(transaction, [...concerned.keys()]);
    const added = await addItems(transaction, organizationId, items);
    if (added !== null && isMailSet()) await queueMails(transaction, concerned, added, now);
    return entries.length;
  },
};

async function readConcerned(
  transaction: Transaction,
  organizationId: string,
  items: readonly ToldItem[],
): Promise<Concerned> {
  const owners = await transaction.member.findMany({
    where: { organizationId, accessLevel: "OWNER" },
    select: { userId: true },
  });
  const keyIds = items.flatMap(({ about }) => (about !== null && "keyId" in about ? [about.keyId] : []));
  const creators = await transaction.$queryRaw<{ readonly keyId: string; readonly userId: string }[]>`
    SELECT k.id AS "keyId", m.user_id::text AS "userId" FROM api_keys k
    JOIN members m ON m.organization_id = k.organization_id AND m.user_id = k.creator_id
    WHERE k.organization_id = ${organizationId}::uuid AND k.id = ANY (${keyIds})`;
  const creatorOf = new Map(creators.map(({ keyId, userId }) => [keyId, userId]));
  const concerned = new Map<string, Set<NoticePace>>();
  for (const { about, actorId, kind } of items) {
    const creator = about !== null && "keyId" in about ? creatorOf.get(about.keyId) : undefined;
    const people =
      about !== null && "userId" in about ? [about.userId] : [...owners.map(({ userId }) => userId), creator];
    for (const userId of people) {
      if (userId === undefined || userId === actorId) continue;
      concerned.set(userId, (concerned.get(userId) ?? new Set()).add(paceOf[kind]));
    }
  }
  return concerned;
}

/**
 * Locks these people's rows, always in the same order. Until this commits, nobody else adds items for them, so each
 * person's positions follow the order of commits: no item appears behind what was already marked as read or mailed.
 */
async function lockReaders(transaction: Transaction, userIds: readonly string[]): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO notice_readers (user_id, read_through)
    SELECT id, nextval('notice_items_position_seq') FROM users WHERE id = ANY (${userIds}::uuid[]) ORDER BY id
    ON CONFLICT (user_id) DO UPDATE SET user_id = excluded.user_id`;
}
