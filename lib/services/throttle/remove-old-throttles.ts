import { database } from "@/lib/db/client";

/** Longer than any window, so that what it removes counts nothing any more. */
const keptMs = 60 * 60 * 1000;
const removedAtOnce = 100;

/** Whoever opens a window clears away some that are over, so that the table stays as small as its use. */
export async function removeOldThrottles(at: Date): Promise<void> {
  const before = new Date(at.getTime() - keptMs);
  // Rows that another one holds are skipped: nobody waits, and no two removals deadlock.
  await database().$executeRaw`
    DELETE FROM throttles WHERE key IN (
      SELECT key FROM throttles WHERE window_started_at < ${before}::timestamptz
      LIMIT ${removedAtOnce} FOR UPDATE SKIP LOCKED)`;
}
