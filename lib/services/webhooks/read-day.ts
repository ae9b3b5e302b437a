import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { refuseWebhookReader } from "./manage-webhooks";

/** The events of one hour, and how many of them were delivered. */
export type DeliveryHour = { readonly events: number; readonly delivered: number };
const dayHours = 24;
const hourMs = 3_600_000;

/**
 * Events and deliveries per hour of the last 24 hours by endpoint id, the oldest hour first. Endpoints without events
 * are not in the map.
 */
export async function readDeliveryHours(
  context: ActingContext,
): Promise<Result<ReadonlyMap<string, readonly DeliveryHour[]>>> {
  const refusal = refuseWebhookReader(context);
  if (refusal !== null) return refusal;
  const from = new Date(context.origin.at.getTime() - dayHours * hourMs);
  const found = await database().$queryRaw<(DeliveryHour & { readonly id: string; readonly hour: number })[]>`
    SELECT d.endpoint_id::text AS id, least(${dayHours - 1}::int, floor(extract(epoch FROM d.created_at - ${from}::timestamptz) / 3600))::int AS hour,
      count(*)::int AS events, (count(*) FILTER (WHERE d.state = 'delivered'))::int AS delivered
    FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.id AND d.created_at > ${from}::timestamptz
    WHERE e.organization_id = ${context.organization.id}::uuid GROUP BY 1, 2`;
  const hours = new Map<string, DeliveryHour[]>();
  for (const { id, hour, events, delivered } of found) {
    const all = hours.get(id) ?? Array.from({ length: dayHours }, () => ({ events: 0, delivered: 0 }));
    all[hour] = { events, delivered };
    hours.set(id, all);
  }
  return success(hours);
}
