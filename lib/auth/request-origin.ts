import { headers } from "next/headers";
import { cache } from "react";
import type { Origin } from "@/lib/services/access/context";

const userAgentMaximum = 500;

/**
 * The time, address, user agent and id of this request. The server sets the address and the request id itself, and
 * overwrites headers of these names from clients.
 */
export const requestOrigin = cache(async (): Promise<Origin> => {
  const sent = await headers();
  return {
    at: new Date(),
    address: sent.get("x-latchkey-address"),
    userAgent: sent.get("user-agent")?.slice(0, userAgentMaximum) ?? null,
    requestId: sent.get("x-request-id"),
  };
});
