import { randomUUID } from "node:crypto";
import { database } from "@/lib/db/client";
import { makeSigningSecret } from "@/lib/services/webhooks/signing-secret";

/** An endpoint that is told of everything from now on. Nothing is at its address. */
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

/** A message that was delivered. */
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
