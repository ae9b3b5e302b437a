import { database } from "@/lib/db/client";

/** The number of items per statement. Items are deleted together with their notice or before it. */
const removedAtOnce = 5000;

/** Removes notices 90 days after their last item. @returns whether there may be more */
export async function removeOldNotices(): Promise<boolean> {
  const items = await database().$executeRaw`
    DELETE FROM notice_items WHERE position IN (
      SELECT i.position FROM notices n JOIN notice_items i ON i.notice_id = n.id
      WHERE n.at < clock_timestamp() - interval '90 days' LIMIT ${removedAtOnce} FOR UPDATE OF i SKIP LOCKED)`;
  if (items === removedAtOnce) return true;
  await database().$executeRaw`
    DELETE FROM notices n WHERE n.at < clock_timestamp() - interval '90 days'
      AND NOT EXISTS (SELECT 1 FROM notice_items i WHERE i.notice_id = n.id)`;
  return false;
}
