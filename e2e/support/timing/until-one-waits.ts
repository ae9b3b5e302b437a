import { expect } from "vitest";
import { database } from "@/lib/db/client";
import { testDatabaseKind } from "../database/installation";

/**
 * Waits, inside a transaction, until something else waits for one of its locks. With the embedded database's single
 * connection everything else always waits.
 */
export function untilOneWaits(): Promise<void> {
  return untilWaiting(1);
}

/** The same for several that wait for one lock after the other. */
export async function untilWaiting(count: number): Promise<void> {
  if (testDatabaseKind() === "embedded") return;
  // On another connection: a transaction sees only the activity at its first read.
  const waiting = () => database().$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await expect.poll(waiting, { interval: 5 }).toHaveLength(count);
}
