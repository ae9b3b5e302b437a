/** How often a key may be used: so many requests in so many seconds. */
export type KeyRateLimit = { readonly requests: number; readonly seconds: number };

/** More a second than a node can answer is no limit. */
export const maximumRequests = 1_000_000;

/** 30 days. Beyond that one counts for a bill, and not what is in memory. */
export const maximumRateSeconds = 2_592_000;

/** More are a network plan, which a proxy before the service enforces better. */
export const maximumAllowedAddresses = 100;

export function sameRateLimit(one: KeyRateLimit | null, other: KeyRateLimit | null): boolean {
  return one?.requests === other?.requests && one?.seconds === other?.seconds;
}
