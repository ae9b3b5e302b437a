/** Only active endpoints receive events. */
export type EndpointState = "active" | "disabled" | "disabled_after_failures";

export function endpointState({
  disabledAt,
  disabledByFailures,
}: {
  readonly disabledAt: Date | null;
  readonly disabledByFailures: boolean;
}): EndpointState {
  if (disabledAt === null) return "active";
  return disabledByFailures ? "disabled_after_failures" : "disabled";
}

export const deliveryStates = ["waiting", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];
