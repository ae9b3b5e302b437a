import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { testEvent } from "@/lib/core/webhooks/webhook-events";
import { inTransaction } from "@/lib/db/client";
import type { DeliveryInput, WebhookInput } from "@/lib/schemas/webhooks/webhook";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { timeOrderedId } from "@/lib/services/audit/time-ordered-id";
import { refuseTooMany } from "@/lib/services/throttle/refuse-too-many";
import type { Throttle } from "@/lib/services/throttle/throttle";
import { absentDelivery } from "./list-deliveries";
import { endpointTarget, lockEndpoint } from "./manage-webhooks";

const disabled = failure("conflict", "This webhook endpoint is disabled. Enable it first.");

/** Limits tests, since unlimited ones would turn the server into a port scanner. */
const tests: Throttle = { name: "webhook-test:organization", attempts: 10, windowMs: 60_000 };
const retries: Throttle = { name: "webhook-retry:organization", attempts: 10, windowMs: 60_000 };

/** The delivery that will be sent. `readDelivery` returns its outcome. */
export type SentDelivery = { readonly deliveryId: string };

/** Queues a message of the type `webhook.test`. It is tried only once. */
export async function testWebhook(
  context: ActingContext,
  { endpointId }: WebhookInput,
): Promise<Result<SentDelivery>> {
  const { organization, origin } = context;
  return inTransaction(async (transaction) => {
    const found = await lockEndpoint(transaction, context, endpointId);
    if (!found.ok) return found;
    if (found.value.disabledAt !== null) return disabled;
    const tooMany = await refuseTooMany(
      tests,
      organization.id,
      origin.at,
      "Ten tests were sent within a minute.",
      transaction,
    );
    if (tooMany !== null) return tooMany;
    const deliveryId = timeOrderedId(origin.at.getTime());
    await transaction.webhookDelivery.create({
      data: {
        ...{ id: deliveryId, organizationId: organization.id, endpointId, type: testEvent },
        // A unique subject, so that it neither waits for other messages nor delays them.
        ...{ subject: deliveryId, subjectName: "Test" },
        payload: JSON.stringify({
          type: testEvent,
          timestamp: origin.at.toISOString(),
          data: { organization_id: organization.id, webhook_id: endpointId },
        }),
        ...{ createdAt: origin.at, nextAttemptAt: origin.at },
      },
      select: { id: true },
    });
    await recordAuditEntry(transaction, context, {
      action: "webhook.tested",
      target: endpointTarget(found.value),
      details: {},
    });
    return success({ deliveryId });
  });
}

/**
 * Queues a delivery again with the same `webhook-id` and body, and retries for a day. It goes behind other waiting
 * messages about the same subject, so it delays none. A delivery that is still waiting keeps its place and is tried now
 * instead of later.
 */
export async function retryDelivery(
  context: ActingContext,
  { endpointId, deliveryId }: DeliveryInput,
): Promise<Result<SentDelivery>> {
  const organizationId = context.organization.id;
  return inTransaction(async (transaction) => {
    const found = await lockEndpoint(transaction, context, endpointId);
    if (!found.ok) return found;
    const delivery = await transaction.webhookDelivery.findFirst({
      where: { id: deliveryId, endpointId, organizationId },
      select: { type: true },
    });
    if (delivery === null) return absentDelivery;
    if (found.value.disabledAt !== null) return disabled;
    const { at } = context.origin;
    const what = "Ten deliveries were sent again within a minute.";
    const tooMany = await refuseTooMany(retries, organizationId, at, what, transaction);
    if (tooMany !== null) return tooMany;
    // A node that is sending it right now keeps its claim, so it is not sent twice at once.
    await transaction.$executeRaw`
      UPDATE webhook_deliveries SET state = 'waiting', finished_at = NULL, next_attempt_at = ${at}::timestamptz,
        attempts = CASE state WHEN 'waiting' THEN attempts ELSE 0 END,
        position = CASE state WHEN 'waiting' THEN position ELSE nextval('webhook_deliveries_position_seq') END
      WHERE id = ${deliveryId}::uuid AND organization_id = ${organizationId}::uuid`;
    await recordAuditEntry(transaction, context, {
      action: "webhook.resent",
      target: endpointTarget(found.value),
      details: { type: delivery.type, deliveryId },
    });
    return success({ deliveryId });
  });
}
