import type { Failure } from "@/lib/core/result";
import { Shares } from "@/lib/services/throttle/shares";

/** Half of a node's database connections. Waiting requests stay in memory. */
const shares = new Shares(
  10,
  500,
  "Too many requests of this organization are already waiting. Send them one after another.",
);

/**
 * Runs a key's request within its organization's share of the database, so that no organization takes all connections,
 * however many keys it uses. Refuses the request if too many are waiting.
 */
export function withinShare<T>(organizationId: string, work: () => Promise<T>): Promise<T | Failure> {
  return shares.run(organizationId, work);
}
