import type { Transaction } from "@/lib/db/client";

/** Longer than any window, so removed rows no longer count. */
const keptMs = 25 * 60 * 60 * 1000;
const removedAtOnce = 100;

/** Each new window removes some expired ones, which keeps the table small. */
export async function removeOldThrottles(from: Transaction, at: Date): Promise<void> {
  const before = new Date(at.getTime() - keptMs);
  // Skip rows that another transaction has locked: removals neither wait nor deadlock.
  await from.$executeRaw`
    DELETE FROM throttles WHERE key IN (
      SELECT key FROM throttles WHERE window_started_at < ${before}::timestamptz
      LIMIT ${removedAtOnce} FOR UPDATE SKIP LOCKED)`;
}
