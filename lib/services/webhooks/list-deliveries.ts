import type { ListPosition } from "@/lib/core/list-cursor";
import { cutPage } from "@/lib/core/list-cursor";
import type { Failure, Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { DeliveryState } from "@/lib/core/webhooks/endpoint-state";
import { webhookId } from "@/lib/core/webhooks/webhook-id";
import { database } from "@/lib/db/client";
import type { DeliveryInput, ListDeliveriesInput, WebhookInput } from "@/lib/schemas/webhooks/webhook";
import type { ActingContext } from "@/lib/services/access/key-context";
import { absentEndpoint, refuseWebhookReader } from "./manage-webhooks";

const columns = {
  ...{ id: true, type: true, subject: true, subjectName: true, state: true, attempts: true, sequence: true },
  ...{ createdAt: true, attemptedAt: true, nextAttemptAt: true, finishedAt: true },
  ...{ responseStatus: true, error: true, durationMs: true },
} as const;

export type DeliveryRow = {
  readonly id: string;
  /** The event type. */
  readonly type: string;
  /** The id of the event's subject, such as `key_...`, and its name at that time. */
  readonly subject: string;
  readonly subjectName: string;
  /** The number of the audit entry that caused it; null for a test. */
  readonly sequence: number | null;
  readonly state: DeliveryState;
  /** Attempts since it was created or last sent again, up to `mostAttempts` (lib/core/webhooks/retry-plan). */
  readonly attempts: number;
  readonly createdAt: Date;
  /** The time of the last attempt; null before the first. */
  readonly attemptedAt: Date | null;
  /**
   * The earliest time of the next attempt; null unless the delivery is waiting. It may also have to wait for an earlier
   * one about the same subject.
   */
  readonly nextAttemptAt: Date | null;
  readonly finishedAt: Date | null;
  /** The status of the last attempt. Without one there was no answer, and `error` says why, such as "timeout". */
  readonly responseStatus: number | null;
  readonly error: string | null;
  readonly durationMs: number | null;
};

export type DeliveryDetails = DeliveryRow & {
  /** The header `webhook-id`, which is the same for every attempt. */
  readonly webhookId: string;
  /** The JSON body that is signed and sent. */
  readonly payload: string;
  /** The first KiB of the last answer's body. */
  readonly responseBody: string | null;
};

export type DeliveryCounts = Readonly<Record<DeliveryState, number>>;
export type DeliveryPage = {
  readonly rows: readonly DeliveryRow[];
  /** The `after` of the next page; null on the last page. */
  readonly next: ListPosition | null;
};

/** One page of an endpoint's deliveries, newest first. They are kept for 30 days after they were delivered or given up. */
export async function listDeliveries(
  context: ActingContext,
  { endpointId, state, limit, after }: ListDeliveriesInput,
): Promise<Result<DeliveryPage>> {
  const refusal = await refuseToList(context, endpointId);
  if (refusal !== null) return refusal;
  const organizationId = context.organization.id;
  const found = await database().webhookDelivery.findMany({
    where: {
      ...{ organizationId, endpointId },
      ...(state === undefined ? {} : { state }),
      ...(after === undefined ? {} : { OR: before(after) }),
    },
    select: columns,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  return success(cutPage(found, limit));
}

/** How many of an endpoint's deliveries are in each state. */
export async function readDeliveryCounts(
  context: ActingContext,
  { endpointId }: WebhookInput,
): Promise<Result<DeliveryCounts>> {
  const refusal = await refuseToList(context, endpointId);
  if (refusal !== null) return refusal;
  const found = await database().webhookDelivery.groupBy({
    by: ["state"],
    where: { organizationId: context.organization.id, endpointId },
    _count: true,
  });
  const count = (state: DeliveryState) => found.find((one) => one.state === state)?._count ?? 0;
  return success({ waiting: count("waiting"), delivered: count("delivered"), failed: count("failed") });
}

/** One delivery with its payload and the last answer. */
export async function readDelivery(
  context: ActingContext,
  { endpointId, deliveryId }: DeliveryInput,
): Promise<Result<DeliveryDetails>> {
  const refusal = refuseWebhookReader(context);
  if (refusal !== null) return refusal;
  const found = await database().webhookDelivery.findFirst({
    where: { id: deliveryId, endpointId, organizationId: context.organization.id },
    select: { ...columns, payload: true, responseBody: true },
  });
  return found === null ? absentDelivery : success({ ...found, webhookId: webhookId(found.id) });
}

async function refuseToList(context: ActingContext, endpointId: string): Promise<Failure | null> {
  const refusal = refuseWebhookReader(context);
  if (refusal !== null) return refusal;
  const where = { id: endpointId, organizationId: context.organization.id };
  return (await database().webhookEndpoint.count({ where })) === 0 ? absentEndpoint : null;
}

export const absentDelivery = failure("not_found", "There is no such delivery.");

function before({ createdAt, id }: ListPosition) {
  return [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }];
}
