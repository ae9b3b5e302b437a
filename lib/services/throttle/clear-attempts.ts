import { database } from "@/lib/db/client";
import type { Throttle } from "./throttle";
import { throttleKey } from "./throttle";

/** Clears a subject's counted failures after a success, which proves that it was the right person. */
export async function clearAttempts(throttle: Throttle, subject: string): Promise<void> {
  await database().throttle.deleteMany({ where: { key: throttleKey(throttle, subject) } });
}
