import { expect } from "vitest";
import { closeDatabase, database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import type { Env } from "@/lib/env";

/** The number of deadlocks in the open database so far. Closes and reopens it. */
export async function countDeadlocks(env: Env): Promise<number> {
  // A connection writes its counts when it ends.
  await closeDatabase();
  await openDatabase(env);
  const ending = () => database().$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
  await expect.poll(ending).toEqual([]);
  const [row] = await database().$queryRaw<{ deadlocks: number }[]>`
    SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()`;
  return row?.deadlocks ?? Number.NaN;
}
