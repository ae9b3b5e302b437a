const dayMs = 24 * 60 * 60 * 1000;

/** Why a key without an expiry is refused, and not offered. */
export const expiryRequired = "This organization requires an expiry";

/** The lifetimes that the dialog offers, in days. Under a maximum lifetime it offers that too. */
export const lifeDays = [7, 30, 90, 365] as const;

/** When a key expires: at a date, some days after it is created, or never. */
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
