import { RateLimit } from "@/lib/verify/limits/rate-limit";

/**
 * The limits of one node. A well-behaved client never reaches them; a runaway client does before it starves the others.
 * The API's description lists them.
 */
export const rateLimits = {
  /** Requests of one key, except verifications. */
  key: new RateLimit({ name: "key", quota: 6_000, windowSeconds: 60 }),
  /** Verifications that one key requests: more than a process can answer on today's machines. */
  verify: new RateLimit({ name: "verify", quota: 3_000_000, windowSeconds: 60 }),
  /** Requests without a credential per address. */
  address: new RateLimit({ name: "address", quota: 3_000, windowSeconds: 60 }),
  /** Refused credentials per address. */
  failures: new RateLimit({ name: "failures", quota: 1_200, windowSeconds: 60 }),
};
