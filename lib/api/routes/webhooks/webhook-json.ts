import { z } from "zod";
import { mostAttempts } from "@/lib/core/webhooks/retry-plan";
import { webhookEvents } from "@/lib/core/webhooks/webhook-events";
import type { EndpointView } from "@/lib/services/webhooks/endpoint-view";
import type { DeliveryDetails, DeliveryRow } from "@/lib/services/webhooks/list-deliveries";
import { writeJson } from "../../shapes/write-json";

const moment = z.iso.datetime();

export const webhook = z
  .strictObject({
    id: z.uuid(),
    url: z.string(),
    events: z.array(z.string()).meta({
      description: `The types of events that are sent, or \`*\` for all: ${webhookEvents.map((event) => `\`${event}\``).join(", ")}.`,
    }),
    state: z.enum(["active", "disabled", "disabled_after_failures"]).meta({
      description: "`disabled_after_failures`: nothing could be delivered for three days.",
    }),
    created_at: moment,
    disabled_at: moment.nullable(),
    failing_since: moment.nullable().meta({
      description: "Since when no attempt has succeeded; null while it works.",
    }),
    disabled_after: moment.nullable().meta({
      description: "When a failing endpoint is disabled, unless a delivery succeeds.",
    }),
    previous_secret_until: moment.nullable().meta({
      description: "Until then deliveries are also signed with the secret before the last rotation.",
    }),
    waiting: z.int().min(0).meta({ description: "Deliveries that are still to be sent." }),
    next_attempt_at: moment.nullable(),
    last_delivered_at: moment.nullable(),
  })
  .meta({ id: "Webhook" });

export const exampleWebhook = {
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d44",
  url: "https://hooks.example.com/latchkey",
  events: ["key.revoked", "key.leaked"],
  state: "active",
  created_at: "2026-11-21T09:30:00.000Z",
  disabled_at: null,
  failing_since: null,
  disabled_after: null,
  previous_secret_until: null,
  waiting: 0,
  next_attempt_at: null,
  last_delivered_at: "2026-11-28T14:03:22.000Z",
} as const;

export const signingSecret = z.string().meta({
  description: "`whsec_...`, what receivers verify the signatures with. Shown once.",
});

export const delivery = z
  .strictObject({
    id: z.uuid(),
    type: z.string(),
    subject: z.string().meta({
      description: "What it is about. Of one subject, a later delivery waits for the earlier one.",
    }),
    sequence: z.int().nullable().meta({
      description: "The number of the audit event that it tells of; null for a test.",
    }),
    state: z.enum(["waiting", "delivered", "failed"]),
    attempts: z
      .int()
      .min(0)
      .meta({
        description: `Since it was made or last sent again. After ${mostAttempts} it is given up.`,
      }),
    created_at: moment,
    attempted_at: moment.nullable(),
    next_attempt_at: moment.nullable(),
    finished_at: moment.nullable(),
    response_status: z.int().nullable(),
    error: z.string().nullable().meta({
      description: "Why there was no answer to the last attempt, such as `timeout`.",
    }),
    duration_ms: z.int().nullable(),
  })
  .meta({ id: "WebhookDelivery" });

export const deliveryDetails = delivery
  .extend({
    webhook_id: z.string().meta({ description: "The header `webhook-id`, the same at every attempt." }),
    payload: z.string().meta({ description: "The body as it is signed and sent." }),
    response_body: z.string().nullable().meta({ description: "The first KiB of the last answer." }),
  })
  .meta({ id: "WebhookDeliveryDetails" });

export const exampleDelivery = {
  id: "01932f6e-8f3c-7d52-9c3e-5a4b7f0e2d55",
  type: "key.revoked",
  subject: "key_0123456789abcdEF",
  sequence: 42,
  state: "delivered",
  attempts: 1,
  created_at: "2026-11-28T14:03:21.000Z",
  attempted_at: "2026-11-28T14:03:21.900Z",
  next_attempt_at: null,
  finished_at: "2026-11-28T14:03:22.000Z",
  response_status: 204,
  error: null,
  duration_ms: 84,
} as const;

export const exampleDetails = {
  ...exampleDelivery,
  webhook_id: "msg_01932f6e8f3c7d529c3e5a4b7f0e2d55",
  payload: `{"type":"key.revoked","timestamp":"2026-11-28T14:03:21.000Z","data":{"key_id":"key_0123456789abcdEF"}}`,
  response_body: "",
} as const;

export const webhookJson = (view: EndpointView) => writeJson(webhook, view);
export const deliveryJson = (row: DeliveryRow) => writeJson(delivery, row);
export const detailsJson = (details: DeliveryDetails) => writeJson(deliveryDetails, details);
