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
  /** The type of the event. */
  readonly type: string;
  /** What it is about, such as `key_...`, and its name then. */
  readonly subject: string;
  readonly subjectName: string;
  /** The audit entry that it tells of; null for a test. */
  readonly sequence: number | null;
  readonly state: DeliveryState;
  /** Of at most `mostAttempts` (lib/core/webhooks/retry-plan), since it was made or last sent again. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** The last attempt; null before the first. */
  readonly attemptedAt: Date | null;
  /** Null unless it is waiting. It can also wait for an earlier one of the same subject. */
  readonly nextAttemptAt: Date | null;
  readonly finishedAt: Date | null;
  /** Of the last attempt. Without a status there was no answer, and `error` says why, such as "timeout". */
  readonly responseStatus: number | null;
  readonly error: string | null;
  readonly durationMs: number | null;
};

export type DeliveryDetails = DeliveryRow & {
  /** The header `webhook-id`, the same at every attempt. */
  readonly webhookId: string;
  /** The body as it is signed and sent: JSON. */
  readonly payload: string;
  /** The first KiB of the last answer. */
  readonly responseBody: string | null;
};

export type DeliveryCounts = Readonly<Record<DeliveryState, number>>;
export type DeliveryPage = {
  readonly rows: readonly DeliveryRow[];
  /** Pass it as `after` for the next page; null on the last one. */
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
