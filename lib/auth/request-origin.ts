import { headers } from "next/headers";
import { cache } from "react";
import type { Origin } from "@/lib/services/access/context";

const userAgentMaximum = 500;

/**
 * When, from where and by what this request came. The address and the request id are the server's own
 * words: it overwrites what a client sends under these names.
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
