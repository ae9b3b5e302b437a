import { RateLimit } from "@/lib/verify/limits/rate-limit";

/**
 * What one node lets through. No client that means well meets these; who is in a loop does, before they
 * take the node's time from everybody else. The description of the API names them.
 */
export const rateLimits = {
  /** What one key asks, but for verifications. */
  key: new RateLimit({ name: "key", quota: 6_000, windowSeconds: 60 }),
  /** The verifications that one key asks for: more than a process can answer, on the machines of today. */
  verify: new RateLimit({ name: "verify", quota: 3_000_000, windowSeconds: 60 }),
  /** What one address asks without a credential. */
  address: new RateLimit({ name: "address", quota: 3_000, windowSeconds: 60 }),
  /** Credentials that are refused, by address. */
  failures: new RateLimit({ name: "failures", quota: 1_200, windowSeconds: 60 }),
};
