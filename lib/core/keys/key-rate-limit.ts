/** A key's own rate limit: this many requests per this many seconds. */
export type KeyRateLimit = { readonly requests: number; readonly seconds: number };

/** A higher limit would have no effect: no node answers more requests per second. */
export const maximumRequests = 1_000_000;

/** 30 days. Longer periods belong to billing, not to counters in memory. */
export const maximumRateSeconds = 2_592_000;

/** A proxy in front of the service enforces longer lists better. */
export const maximumAllowedAddresses = 100;

export function sameRateLimit(one: KeyRateLimit | null, other: KeyRateLimit | null): boolean {
  return one?.requests === other?.requests && one?.seconds === other?.seconds;
}
