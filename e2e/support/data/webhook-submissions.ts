import * as webhooks from "@/lib/actions/webhooks/webhooks";
import type { Result } from "@/lib/core/result";
import type { TestOrganization } from "./test-organization";
import { createTestDelivery, createTestWebhook } from "./test-webhook";

type Submission = () => Promise<(requestId: string) => Promise<Result<unknown>>>;

/** The actions on webhooks: each creates what it needs and returns a function that sends it. */
export function webhookSubmissions(organization: () => TestOrganization): Record<string, Submission> {
  const toAWebhook =
    (send: (slug: string, endpointId: string, requestId: string) => Promise<Result<unknown>>) => async () => {
      const { id, slug } = organization();
      const endpoint = await createTestWebhook(id);
      return (requestId: string) => send(slug, endpoint.id, requestId);
    };
  return {
    createWebhook: async () => (id) =>
      webhooks.createWebhook(organization().slug, { url: "https://hooks.example/", events: ["*"] }, id),
    updateWebhook: toAWebhook((slug, endpointId, id) =>
      webhooks.updateWebhook(slug, { endpointId, active: false }, id),
    ),
    rotateWebhookSecret: toAWebhook((slug, endpointId, id) =>
      webhooks.rotateWebhookSecret(slug, { endpointId }, id),
    ),
    testWebhook: toAWebhook((slug, endpointId, id) => webhooks.testWebhook(slug, { endpointId }, id)),
    retryDelivery: async () => {
      const { id, slug } = organization();
      const { id: endpointId } = await createTestWebhook(id);
      const deliveryId = await createTestDelivery(id, endpointId);
      return (requestId) => webhooks.retryDelivery(slug, { endpointId, deliveryId }, requestId);
    },
    deleteWebhook: toAWebhook((slug, endpointId, id) => webhooks.deleteWebhook(slug, { endpointId }, id)),
  };
}
