import type { ExpirySetBy } from "./effective-end";

/**
 * Tells the holder of a key's secret that it expired, and why it did before its own expiry.
 *
 * @param end in RFC 3339
 */
export function expiredText(end: string | undefined | null, setBy: ExpirySetBy | null): string {
  const why = setBy === "policy" ? ", when it reached its organization's maximum lifetime" : "";
  return `This key expired at ${end}${why}.`;
}
