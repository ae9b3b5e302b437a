import type { NoticeKind } from "@/lib/core/notices/notice-kinds";
import { mailedKinds } from "@/lib/core/notices/notice-kinds";
import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { UserActor } from "@/lib/services/access/context";

/** The kinds of notices that a person gets by mail. */
export async function readNoticeChoices({ userId }: UserActor): Promise<Result<readonly NoticeKind[]>> {
  const reader = await database().noticeReader.findUnique({ where: { userId }, select: { unmailed: true } });
  return success(mailedKinds(reader?.unmailed ?? []));
}
