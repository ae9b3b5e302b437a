/** The `webhook-id` of a delivery: receivers tell repeated messages by it. */
export function webhookId(deliveryId: string): string {
  return `msg_${deliveryId.replaceAll("-", "")}`;
}
