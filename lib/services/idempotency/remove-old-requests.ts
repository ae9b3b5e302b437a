import { database } from "@/lib/db/client";
import { keptMs } from "./kept-requests";

const removedAtOnce = 100;

/** Each claim removes some expired requests, which keeps the table small. */
export async function removeOldRequests(at: Date): Promise<void> {
  const before = new Date(at.getTime() - keptMs);
  // Skip rows that another transaction has locked: removals neither wait nor deadlock.
  await database().$executeRaw`
    DELETE FROM idempotent_requests WHERE id IN (
      SELECT id FROM idempotent_requests WHERE claimed_at <= ${before}::timestamptz
      LIMIT ${removedAtOnce} FOR UPDATE SKIP LOCKED)`;
}
