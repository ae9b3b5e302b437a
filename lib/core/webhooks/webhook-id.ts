/** The `webhook-id` of a delivery, by which receivers recognize repeated messages. */
export function webhookId(deliveryId: string): string {
  return `msg_${deliveryId.replaceAll("-", "")}`;
}
