import { database } from "@/lib/db/client";
import type { Throttle } from "./throttle";
import { throttleKey } from "./throttle";

/** Subtracts one attempt, because it was not a failure after all. */
export async function returnAttempt(throttle: Throttle, subject: string): Promise<void> {
  await database().$executeRaw`
    UPDATE throttles SET count = greatest(least(count, ${throttle.attempts}::int) - 1, 0) WHERE key = ${throttleKey(throttle, subject)}`;
}
