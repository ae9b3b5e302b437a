import { z } from "zod";
import { deliveryStates } from "@/lib/core/webhooks/endpoint-state";
import { everyEvent, webhookEvents } from "@/lib/core/webhooks/webhook-events";
import { typedString } from "../fields/plain-text";
import { cursorQuery, limitQuery } from "../list-query";

const urlMaximum = 1000;
/** Other services, such as mail servers, use the ports below 1024. */
const isOpenPort = (port: string) => port === "" || port === "80" || port === "443" || Number(port) >= 1024;

/** Reachable addresses are checked on connecting, not here. */
const url = typedString(urlMaximum)
  .min(1, "URL is required")
  .max(urlMaximum, `URL has at most ${urlMaximum} characters`)
  .transform((text, context) => {
    const parsed = URL.canParse(text) ? new URL(text) : null;
    const fault = urlFault(parsed);
    if (fault === null && parsed !== null && parsed.href.length <= 3 * urlMaximum) return parsed.href;
    context.addIssue({ code: "custom", message: fault ?? "URL is too long" });
    return z.NEVER;
  });

function urlFault(parsed: URL | null): string | null {
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    return "Write an address such as https://hooks.example.com/latchkey";
  }
  if (parsed.username !== "" || parsed.password !== "") return "URL must not have a user name or a password";
  if (parsed.hash !== "") return "URL must not have a part after #";
  if (!isOpenPort(parsed.port)) return "URL must have port 80 or 443, or one of 1024 and above";
  return null;
}

/** Unique, and in the order of `webhookEvents`, so that the same choice is always sent the same way. */
const events = z
  .array(z.enum([everyEvent, ...webhookEvents]))
  .min(1, "Choose at least one event")
  .max(webhookEvents.length + 1)
  .transform((chosen) =>
    chosen.includes(everyEvent) ? [everyEvent] : webhookEvents.filter((event) => chosen.includes(event)),
  );

const endpointId = z.guid("This is not a webhook endpoint").toLowerCase();
const deliveryId = z.guid("This is not a delivery").toLowerCase();

export const createWebhookInput = z.strictObject({ url, events });
export type CreateWebhookInput = z.infer<typeof createWebhookInput>;

/** Omitted fields stay unchanged. */
export const updateWebhookInput = z.strictObject({
  endpointId,
  url: url.optional(),
  events: events.optional(),
  active: z.boolean().optional(),
});
export type UpdateWebhookInput = z.infer<typeof updateWebhookInput>;

/** The input of verbs that only name an endpoint. */
export const webhookInput = z.strictObject({ endpointId });
export type WebhookInput = z.infer<typeof webhookInput>;

export const listDeliveriesInput = z.strictObject({
  endpointId,
  state: z.enum(deliveryStates).optional(),
  limit: z.int().min(1).max(100),
  after: cursorQuery("uuid"),
});
export type ListDeliveriesInput = z.infer<typeof listDeliveriesInput>;

export const deliveryInput = z.strictObject({ endpointId, deliveryId });
export type DeliveryInput = z.infer<typeof deliveryInput>;

const eventsMeta = {
  description: "The types of events to send; `*` for all, those to come included.",
};

/** The body of `POST /v1/webhooks`. */
export const createWebhookBody = z.strictObject({
  url: url.meta({
    description:
      "Where deliveries are sent: `https`, without credentials, on port 443 or one from 1024 on. Private addresses are never reached, unless the server's operator allows them.",
  }),
  events: events.meta(eventsMeta),
});

/** The body of `PATCH /v1/webhooks/{id}`. Omitted fields stay unchanged. */
export const updateWebhookBody = z.strictObject({
  url: url.optional(),
  events: events.meta(eventsMeta).optional(),
  active: z.boolean().optional().meta({
    description:
      "false disables the endpoint: what is waiting is given up. true enables it again: it is told of what happens from then on.",
  }),
});

export const webhookParameter = z.strictObject({ id: endpointId });
export const deliveryParameters = z.strictObject({ id: endpointId, delivery: deliveryId });
export const deliveriesQuery = z.strictObject({
  limit: limitQuery,
  cursor: cursorQuery("uuid"),
  state: z.enum(deliveryStates).optional(),
});
