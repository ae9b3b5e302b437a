import { database } from "@/lib/db/client";

const removedAtOnce = 1000;

/** Removes deliveries 30 days after they were delivered or given up. @returns whether there may be more */
export async function removeOldDeliveries(): Promise<boolean> {
  const removed = await database().$executeRaw`
    DELETE FROM webhook_deliveries WHERE id IN (
      SELECT d.id FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.id
        AND d.finished_at < clock_timestamp() - interval '30 days'
      LIMIT ${removedAtOnce} FOR UPDATE OF d SKIP LOCKED)`;
  return removed === removedAtOnce;
}

/** Deletes previous signing secrets that are no longer used for signing. */
export async function forgetOldSecrets(): Promise<void> {
  await database().$executeRaw`
    UPDATE webhook_endpoints SET previous_secret = NULL, previous_version = NULL, previous_until = NULL
    WHERE previous_until <= clock_timestamp()`;
}
