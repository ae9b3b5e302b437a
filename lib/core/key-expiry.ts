const dayMs = 24 * 60 * 60 * 1000;

/** The lives that the dialog offers, in days. */
export const lifeDays = [7, 30, 90, 365] as const;

/** When a key is to end: at a moment, so many days after it is made, or never. */
export type KeyExpiry = Date | { readonly days: (typeof lifeDays)[number] } | null;

/**
 * The moment at which a key ends. Days count from the server's clock: a browser's may be days wrong.
 *
 * @param now the server's
 * @returns null for a key that never expires
 */
export function expiryAt(expiry: KeyExpiry, now: Date): Date | null {
  if (expiry === null || expiry instanceof Date) return expiry;
  return new Date(now.getTime() + expiry.days * dayMs);
}
