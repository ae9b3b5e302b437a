import type { Transaction } from "@/lib/db/client";

/** Gives up the waiting deliveries of a disabled endpoint. They can be sent again once the endpoint is enabled. */
export async function giveUpWaiting(transaction: Transaction, endpointId: string, at: Date): Promise<void> {
  await transaction.$executeRaw`
    UPDATE webhook_deliveries SET state = 'failed', finished_at = ${at}::timestamptz, next_attempt_at = NULL,
      claimed_until = NULL, error = coalesce(error, 'disabled')
    WHERE endpoint_id = ${endpointId}::uuid AND state = 'waiting'`;
}
