import { RateLimit } from "@/lib/verify/limits/rate-limit";

/**
 * The limits of one node. No well-meaning client reaches them; a client in a loop does, before it takes the node's time
 * from everybody else. The API's description lists them.
 */
export const rateLimits = {
  /** Requests of one key, except verifications. */
  key: new RateLimit({ name: "key", quota: 6_000, windowSeconds: 60 }),
  /** Verifications that one key requests: more than a process can answer on today's machines. */
  verify: new RateLimit({ name: "verify", quota: 3_000_000, windowSeconds: 60 }),
  /** Requests of one address without a credential. */
  address: new RateLimit({ name: "address", quota: 3_000, windowSeconds: 60 }),
  /** Refused credentials, by address. */
  failures: new RateLimit({ name: "failures", quota: 1_200, windowSeconds: 60 }),
};
