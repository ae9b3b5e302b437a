import { isIP } from "node:net";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { isReachable } from "@/lib/core/webhooks/reachable-address";
import { env } from "@/lib/env";

/**
 * Refuses a URL that no delivery could ever reach. Does not resolve the name, which can change and is checked at each
 * connection.
 */
export function refuseUrl(url: string): Failure | null {
  const { protocol, hostname } = new URL(url);
  const { webhookAllowedAddresses: allowed } = env();
  // Without TLS, only addresses that the operator allows can be reached.
  if (protocol === "http:" && allowed.length === 0) return unfit("URL must begin with https://");
  const address = hostname.replace(/^\[|\]$/g, "");
  if (isIP(address) === 0 || isReachable(address, allowed)) return null;
  return unfit("This address is private. Only the server's operator can allow it");
}

function unfit(message: string): Failure {
  return failure("invalid_request", `${message}.`, [{ field: "url", message }]);
}
