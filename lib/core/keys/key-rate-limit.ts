/** A key's own rate limit: this many requests per this many seconds. */
export type KeyRateLimit = { readonly requests: number; readonly seconds: number };

/** No node can answer more per second, so a higher limit would mean nothing. */
export const maximumRequests = 1_000_000;

/** 30 days. Longer periods are for billing, not for counters in memory. */
export const maximumRateSeconds = 2_592_000;

/** A longer list is better enforced by a proxy in front of the service. */
export const maximumAllowedAddresses = 100;

export function sameRateLimit(one: KeyRateLimit | null, other: KeyRateLimit | null): boolean {
  return one?.requests === other?.requests && one?.seconds === other?.seconds;
}
