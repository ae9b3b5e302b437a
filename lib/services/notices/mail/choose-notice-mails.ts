import { noticeKinds } from "@/lib/core/notices/notice-kinds";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ChooseNoticeMailsInput } from "@/lib/schemas/notices/notices";
import type { UserActor } from "@/lib/services/access/context";

/**
 * Sets the kinds that a person gets by mail. What is not wanted is kept, so that kinds to come are mailed. What waits
 * already is asked for when it is mailed.
 */
export async function chooseNoticeMails(
  { userId }: UserActor,
  { mailed }: ChooseNoticeMailsInput,
): Promise<Result<null>> {
  const unmailed = noticeKinds.filter((kind) => !mailed.includes(kind));
  // Somebody who was never told anything has read what was before.
  await database().$executeRaw`
    INSERT INTO notice_readers (user_id, read_through, unmailed)
    VALUES (${userId}::uuid, nextval('notice_items_position_seq'), ${unmailed}::text[])
    ON CONFLICT (user_id) DO UPDATE SET unmailed = excluded.unmailed`;
  return success(null);
}
