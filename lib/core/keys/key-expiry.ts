const dayMs = 24 * 60 * 60 * 1000;

/** The message for a missing expiry, and the reason shown where "never" cannot be chosen. */
export const expiryRequired = "This organization requires an expiry";

/** The lifetimes that the dialog offers, in days. It also offers the maximum lifetime, if there is one. */
export const lifeDays = [7, 30, 90, 365] as const;

/** When a key expires: at a date, a number of days after its creation, or never. */
export type KeyExpiry = Date | { readonly days: number } | null;

/**
 * The date on which a key expires. Days count from the server's clock, since a browser's may be wrong.
 *
 * @param now from the server's clock
 * @returns null for a key that never expires
 */
export function expiryAt(expiry: KeyExpiry, now: Date): Date | null {
  if (expiry === null || expiry instanceof Date) return expiry;
  return new Date(now.getTime() + expiry.days * dayMs);
}
