import type { WebhooksAddress } from "@/lib/schemas/webhooks/webhooks-address";

/**
 * The path of the page "Webhooks" with this endpoint, delivery and list position; omitted parts are left out of the
 * URL.
 */
export function webhooksPath(organization: string, address: Partial<WebhooksAddress> = {}): string {
  const parameters = new URLSearchParams();
  for (const name of ["endpoint", "state", "cursor", "delivery"] as const) {
    const { [name]: value } = address;
    if (value !== undefined) parameters.set(name, value);
  }
  const query = parameters.toString();
  return `/${organization}/settings/webhooks${query === "" ? "" : `?${query}`}`;
}
