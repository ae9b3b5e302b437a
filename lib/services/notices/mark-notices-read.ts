import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { MarkNoticesReadInput } from "@/lib/schemas/notices/notices";
import type { UserActor } from "@/lib/services/access/context";

/** Marks a person's notices as read up to the position that they were shown. Newer ones stay unread. */
export async function markNoticesRead(
  { userId }: UserActor,
  { through }: MarkNoticesReadInput,
): Promise<Result<null>> {
  await database().$executeRaw`
    UPDATE notice_readers SET read_through = least(${through}::bigint, (SELECT max(position) FROM notice_items))
    WHERE user_id = ${userId}::uuid AND read_through < ${through}::bigint`;
  return success(null);
}
