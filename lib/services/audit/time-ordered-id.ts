import { randomUUID } from "node:crypto";

/**
 * A version 7 UUID (RFC 9562, 5.7): the time, then random bits, so that new ids go to the end of an index.
 *
 * @param at in milliseconds since 1970
 */
export function timeOrderedId(at: number): string {
  const time = at.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice("xxxxxxxx-xxxx-4".length)}`;
}
