import { randomUUID } from "node:crypto";
import { database } from "@/lib/db/client";
import { makeSigningSecret } from "@/lib/services/webhooks/signing-secret";

/** Creates an endpoint for all events from now on. Nothing listens at its URL. */
export async function createTestWebhook(
  organizationId: string,
  { url = "https://hooks.example/latchkey", disabled = false } = {},
) {
  const id = randomUUID();
  const { signingSecret, stored } = makeSigningSecret(id);
  const { sequence: startsAfter } = await database().auditHead.findUniqueOrThrow({
    where: { organizationId },
  });
  const now = new Date();
  const disabledAt = disabled ? now : null;
  await database().webhookEndpoint.create({
    data: { id, organizationId, url, events: ["*"], createdAt: now, disabledAt, startsAfter, ...stored },
    select: { id: true },
  });
  return { id, signingSecret };
}

/** Creates a delivery that has succeeded. */
export async function createTestDelivery(organizationId: string, endpointId: string): Promise<string> {
  const now = new Date();
  const { id } = await database().webhookDelivery.create({
    data: {
      ...{ organizationId, endpointId, type: "key.created", subject: "key_0123456789abcdEF" },
      ...{ subjectName: "Billing", payload: "{}", state: "delivered", attempts: 1 },
      ...{ attemptedAt: now, finishedAt: now, responseStatus: 204, durationMs: 12 },
    },
    select: { id: true },
  });
  return id;
}

/** Is there a delivery that can be sent now? One that is being sent counts. */
export async function isDeliveryDue(): Promise<boolean> {
  const due = await database().$queryRaw<unknown[]>`
    SELECT 1 FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id AND e.disabled_at IS NULL
    WHERE d.next_attempt_at <= now() AND NOT EXISTS (SELECT 1 FROM webhook_deliveries b
      WHERE b.endpoint_id = d.endpoint_id AND b.subject = d.subject AND b.state = 'waiting' AND b.position < d.position)
    LIMIT 1`;
  return due.length > 0;
}

/** Creates deliveries that are due, each about a different key. */
export async function createWaitingDeliveries(
  organizationId: string,
  endpointId: string,
  count: number,
): Promise<void> {
  const now = new Date();
  await database().webhookDelivery.createMany({
    data: Array.from({ length: count }, (_, each) => ({
      ...{ organizationId, endpointId, type: "key.created", subjectName: "Billing", nextAttemptAt: now },
      subject: `key_${each}`,
      payload: JSON.stringify({ type: "key.created", data: { key_id: `key_${each}` } }),
    })),
  });
}
