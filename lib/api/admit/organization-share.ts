import { failure } from "@/lib/core/result";
import type { Refusal } from "../http/problem";

/** Half of the connections that a node has to its database. */
const atOnce = 10;
/** Each waits with its request in memory. */
const mostWaiting = 500;

type Share = { running: number; readonly waiting: (() => void)[] };
const shares = new Map<string, Share>();

/**
 * Does what a key asks for within its organization's share of the database: so much at once, and what is beyond waits
 * for its own. So no organization has all connections, however many keys it asks with.
 */
export async function withinShare<T>(organizationId: string, work: () => Promise<T>): Promise<T | Refusal> {
  const share = shares.get(organizationId) ?? { running: 0, waiting: [] };
  shares.set(organizationId, share);
  if (share.running < atOnce) share.running++;
  else {
    if (share.waiting.length >= mostWaiting) return tooMany;
    // Who ends hands its place on, so the number that runs stays as it is.
    await new Promise<void>((resolve) => share.waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    const next = share.waiting.shift();
    if (next !== undefined) next();
    else if (--share.running === 0) shares.delete(organizationId);
  }
}

const tooMany: Refusal = {
  ...failure(
    "rate_limited",
    "Too many requests of this organization wait already. Send them one after another.",
  ),
  retryAfterSeconds: 1,
};
