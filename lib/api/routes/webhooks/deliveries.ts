import { mapResult } from "@/lib/core/result";
import { deliveriesQuery, deliveryParameters, webhookParameter } from "@/lib/schemas/webhooks/webhook";
import type { KeyContext } from "@/lib/services/access/key-context";
import { listDeliveries, readDelivery } from "@/lib/services/webhooks/list-deliveries";
import { retryDelivery, testWebhook } from "@/lib/services/webhooks/send-deliveries";
import { operation } from "../../operate/operation";
import { pageAnswer, writePage } from "../../shapes/list-json";
import {
  delivery,
  deliveryDetails,
  deliveryJson,
  detailsJson,
  exampleDelivery,
  exampleDetails,
} from "./webhook-json";

const tag = "Webhooks";
const permission = "webhooks:manage";
const ofOrganization = "Needs a key of the organization itself.";
const waiting = {
  ...exampleDetails,
  state: "waiting",
  ...{ attempts: 0, attempted_at: null, finished_at: null },
  ...{ next_attempt_at: exampleDelivery.created_at, response_status: null, response_body: null },
  duration_ms: null,
} as const;

const shown = async (context: KeyContext, endpointId: string, deliveryId: string) =>
  mapResult(await readDelivery(context, { endpointId, deliveryId }), detailsJson);

export const deliveryOperations = [
  operation({
    method: "get",
    path: "/v1/webhooks/{id}/deliveries",
    operationId: "listWebhookDeliveries",
    summary: "List a webhook's deliveries",
    description: `The newest first. They are kept for 30 days after they were delivered or given up. ${ofOrganization}`,
    ...{ tag, permission, params: webhookParameter, query: deliveriesQuery },
    answer: pageAnswer("A page of the deliveries.", delivery, exampleDelivery),
    handle: async ({ context, params, query: { cursor: after, ...query } }) =>
      mapResult(
        await listDeliveries(context, { endpointId: params.id, after, ...query }),
        writePage(deliveryJson),
      ),
  }),
  operation({
    method: "get",
    path: "/v1/webhooks/{id}/deliveries/{delivery}",
    operationId: "readWebhookDelivery",
    summary: "Read a delivery",
    description: `With the payload and the last answer. ${ofOrganization}`,
    ...{ tag, permission, params: deliveryParameters },
    answer: { description: "The delivery.", schema: deliveryDetails, example: exampleDetails },
    handle: ({ context, params }) => shown(context, params.id, params.delivery),
  }),
  operation({
    method: "post",
    path: "/v1/webhooks/{id}/deliveries/{delivery}/retry",
    operationId: "retryWebhookDelivery",
    summary: "Send a delivery again",
    description: `Sends it soon, with the same \`webhook-id\` and body, and retries for a day; one that waits is tried now. Ten a minute for an organization. A conflict while the endpoint is disabled. ${ofOrganization}`,
    ...{ tag, permission, params: deliveryParameters },
    answer: { description: "It will be sent.", schema: deliveryDetails, example: waiting },
    errors: ["conflict", "rate_limited"],
    handle: async ({ context, params: { id: endpointId, delivery: deliveryId } }) => {
      const retried = await retryDelivery(context, { endpointId, deliveryId });
      return retried.ok ? shown(context, endpointId, deliveryId) : retried;
    },
  }),
  operation({
    method: "post",
    path: "/v1/webhooks/{id}/test",
    operationId: "testWebhook",
    summary: "Send a test to a webhook",
    description: `Sends a message of the type \`webhook.test\` soon, once; ten a minute for an organization. Read the delivery to see what came of it. A conflict while the endpoint is disabled. ${ofOrganization}`,
    ...{ tag, permission, params: webhookParameter },
    answer: {
      description: "It will be sent.",
      schema: deliveryDetails,
      example: { ...waiting, type: "webhook.test", subject: waiting.id, sequence: null },
    },
    errors: ["conflict", "rate_limited"],
    handle: async ({ context, params: { id: endpointId } }) => {
      const sent = await testWebhook(context, { endpointId });
      return sent.ok ? shown(context, endpointId, sent.value.deliveryId) : sent;
    },
  }),
];
