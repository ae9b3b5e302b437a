import type { ListPosition } from "@/lib/core/list-cursor";
import type { DeliveryState } from "@/lib/core/webhooks/endpoint-state";
import { deliveryInput, listDeliveriesInput } from "./webhook";

/** The state of the page "Webhooks", as in its URL. */
export type WebhooksAddress = {
  readonly endpoint: string | undefined;
  readonly delivery: string | undefined;
  readonly state: DeliveryState | undefined;
  /** The cursor of the list of deliveries, unparsed. */
  readonly cursor: string | undefined;
};

const { endpointId, state, after } = listDeliveriesInput.shape;
const { deliveryId } = deliveryInput.shape;

/**
 * Parses the URL of the page "Webhooks".
 *
 * @returns null if a parameter is invalid, since ignoring it would show deliveries that nobody asked for
 */
export function readWebhooksAddress(
  given: Readonly<Record<string, string | string[] | undefined>>,
): (WebhooksAddress & { readonly after: ListPosition | undefined }) | null {
  const read = {
    endpoint: endpointId.optional().safeParse(given.endpoint),
    delivery: deliveryId.optional().safeParse(given.delivery),
    state: state.safeParse(given.state),
    after: after.safeParse(given.cursor),
  };
  if (!read.endpoint.success || !read.delivery.success || !read.state.success || !read.after.success) {
    return null;
  }
  return {
    endpoint: read.endpoint.data,
    delivery: read.delivery.data,
    state: read.state.data,
    after: read.after.data,
    cursor: typeof given.cursor === "string" ? given.cursor : undefined,
  };
}
