import { database } from "@/lib/db/client";
import type { Throttle } from "./throttle";
import { throttleKey } from "./throttle";

/** A success proves that the person is who they say: their failures are forgotten. */
export async function clearAttempts(throttle: Throttle, subject: string): Promise<void> {
  await database().throttle.deleteMany({ where: { key: throttleKey(throttle, subject) } });
}
