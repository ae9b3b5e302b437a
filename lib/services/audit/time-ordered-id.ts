import { randomUUID } from "node:crypto";

/**
 * A version 7 UUID (RFC 9562, 5.7). It starts with the time, which makes an index grow at its end; the rest is
 * random.
 *
 * @param at milliseconds since 1970
 */
export function timeOrderedId(at: number): string {
  const time = at.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice("xxxxxxxx-xxxx-4".length)}`;
}
