import { randomUUID } from "node:crypto";
import type { WebhookEvent } from "@/lib/core/webhooks/webhook-events";
import { database } from "@/lib/db/client";
import { createWebhook } from "@/lib/services/webhooks/change-webhooks";
import type { ActAs } from "./seed-result";
import { expect } from "./seed-result";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const spread: WebhookEvent[] = ["key.updated", "key.rolled", "key.expiring", "key.created", "key.paused"];
const urgent: WebhookEvent[] = ["key.leaked", "key.revoked"];

/** Adds three endpoints with past deliveries: one has failed for some hours, the others work. */
export async function seedWebhooks(actAs: ActAs, now: Date): Promise<void> {
  const { id: organizationId } = (await actAs("OWNER", now)).organization;
  const keys = await database().apiKey.findMany({
    where: { organizationId },
    select: { id: true, name: true },
    orderBy: { id: "asc" },
    take: 20,
  });
  const ago = (ms: number) => new Date(now.getTime() - ms);

  /** @param answer the status of the last attempt; none for one that timed out */
  const deliver = async (
    endpointId: string,
    type: WebhookEvent,
    at: Date,
    answer: number | null,
    index: number,
  ) => {
    const key = keys[index % keys.length];
    if (key === undefined) return;
    const delivered = answer !== null && answer < 300;
    const attempts = delivered ? 1 : Math.min(9, 2 + Math.floor((now.getTime() - at.getTime()) / hourMs));
    await database().webhookDelivery.create({
      data: {
        ...{ id: randomUUID(), organizationId, endpointId, type, createdAt: at, attempts },
        ...{ subject: `key_${key.id}`, subjectName: key.name },
        payload: JSON.stringify({
          type,
          timestamp: at.toISOString(),
          data: { key_id: `key_${key.id}`, name: key.name },
        }),
        state: delivered ? "delivered" : "waiting",
        attemptedAt: delivered ? at : ago(4 * minuteMs),
        durationMs: answer === null ? 15_000 : 120 + ((index * 379) % 1800),
        responseStatus: answer,
        responseBody: delivered || answer === null ? null : '{"error":"maintenance"}',
        ...(answer === null && { error: "timeout" }),
        // The latest possible retry, since nothing listens at these addresses.
        ...(delivered ? { finishedAt: at } : { nextAttemptAt: new Date(now.getTime() + 7 * hourMs) }),
      },
      select: { id: true },
    });
  };
  // These come after everything else, since audit entries must be in order.
  let added = 0;
  const add = async (url: string, events: Parameters<typeof createWebhook>[1]["events"]) =>
    expect(await createWebhook(await actAs("OWNER", ago((3 - added++) * 1000)), { url, events })).id;

  const failing = await add("https://hooks.northwind.example/latchkey", spread);
  for (let index = 0; index < 62; index += 1) {
    const at = ago(index * 23 * minuteMs + 9 * minuteMs);
    const works = index >= 12;
    await deliver(
      failing,
      spread[index % spread.length] ?? "key.updated",
      at,
      works ? 200 : index === 2 ? null : 503,
      index,
    );
  }
  await database().webhookEndpoint.update({
    where: { id: failing },
    data: { failingSince: ago(11 * 23 * minuteMs) },
    select: { id: true },
  });
  const bot = await add("https://ops.northwind.example/incident-bot", urgent);
  for (let index = 0; index < 9; index += 1) {
    await deliver(
      bot,
      urgent[index % 2] ?? "key.leaked",
      ago(41 * minuteMs + index * index * 15 * minuteMs),
      204,
      index,
    );
  }
  const siem = await add("https://siem.northwind.example/in/latchkey", ["*"]);
  for (let index = 0; index < 90; index += 1) {
    const at = ago(8 * minuteMs + index * 15 * minuteMs);
    await deliver(siem, [...spread, ...urgent][index % 7] ?? "key.updated", at, 200, index);
  }
}
