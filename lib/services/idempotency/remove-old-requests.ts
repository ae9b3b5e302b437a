import { database } from "@/lib/db/client";
import { keptMs } from "./kept-requests";

const removedAtOnce = 100;

/** Whoever claims a request clears away some that are over, so that the table stays as small as its use. */
export async function removeOldRequests(at: Date): Promise<void> {
  const before = new Date(at.getTime() - keptMs);
  // Rows that another one holds are skipped: nobody waits, and no two removals deadlock.
  await database().$executeRaw`
    DELETE FROM idempotent_requests WHERE id IN (
      SELECT id FROM idempotent_requests WHERE claimed_at <= ${before}::timestamptz
      LIMIT ${removedAtOnce} FOR UPDATE SKIP LOCKED)`;
}
