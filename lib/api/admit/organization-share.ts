import { failure } from "@/lib/core/result";
import type { Refusal } from "../http/problem";

/** Half of a node's database connections. */
const atOnce = 10;
/** Each keeps its request in memory while it waits. */
const mostWaiting = 500;

type Share = { running: number; readonly waiting: (() => void)[] };
const shares = new Map<string, Share>();

/**
 * Runs a key's request within its organization's share of the database: up to `atOnce` run, the others wait. So no
 * organization takes all connections, however many keys it uses. Refuses the request when too many wait.
 */
export async function withinShare<T>(organizationId: string, work: () => Promise<T>): Promise<T | Refusal> {
  const share = shares.get(organizationId) ?? { running: 0, waiting: [] };
  shares.set(organizationId, share);
  if (share.running < atOnce) share.running++;
  else {
    if (share.waiting.length >= mostWaiting) return tooMany;
    // A finished request hands its slot to the next, which leaves `running` unchanged.
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
    "Too many requests of this organization are already waiting. Send them one after another.",
  ),
  retryAfterSeconds: 1,
};
