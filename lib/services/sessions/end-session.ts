import { inTransaction } from "@/lib/db/client";
import type { Origin } from "@/lib/services/access/context";
import { recordSessionEvent } from "./record-session-event";

/**
 * Ends a session; its cookie stops working. Ending it twice does nothing.
 *
 * @param because `replaced` when the same browser signed in again
 */
export async function endSession(
  sessionId: string,
  origin: Origin,
  because: "signed_out" | "replaced" = "signed_out",
): Promise<void> {
  await inTransaction(async (transaction) => {
    const [ended] = await transaction.$queryRaw<{ userId: string }[]>`
      DELETE FROM sessions WHERE id = ${sessionId}::uuid RETURNING user_id AS "userId"`;
    if (ended === undefined) return;
    await recordSessionEvent(transaction, "member.signed_out", ended.userId, origin, { because });
  });
}
