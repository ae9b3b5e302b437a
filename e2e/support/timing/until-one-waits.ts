import { expect } from "vitest";
import { database } from "@/lib/db/client";
import { testDatabaseKind } from "../database/installation";

/**
 * Waits, inside a transaction, until something else waits for one of its locks. On the embedded database's one connection
 * everything else waits from the start.
 */
export async function untilOneWaits(): Promise<void> {
  if (testDatabaseKind() === "embedded") return;
  // By another connection: a transaction sees the activity of its first look only.
  const waiting = () => database().$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await expect.poll(waiting, { interval: 5 }).toHaveLength(1);
}
