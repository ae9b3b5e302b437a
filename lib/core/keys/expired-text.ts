import type { ExpirySetBy } from "./effective-end";

/**
 * A message for whoever presented an expired key. It says so if the organization's policy ended the key early.
 *
 * @param end in RFC 3339
 */
export function expiredText(end: string | undefined | null, setBy: ExpirySetBy | null): string {
  const why = setBy === "policy" ? ", when it reached its organization's maximum lifetime" : "";
  return `This key expired at ${end}${why}.`;
}
