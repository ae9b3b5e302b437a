import { database } from "@/lib/db/client";
import type { Throttle } from "./throttle";
import { throttleKey } from "./throttle";

/** Uncounts one attempt that was not a failure after all. The others stay counted. */
export async function returnAttempt(throttle: Throttle, subject: string): Promise<void> {
  await database().$executeRaw`
    UPDATE throttles SET count = greatest(least(count, ${throttle.attempts}::int) - 1, 0) WHERE key = ${throttleKey(throttle, subject)}`;
}
