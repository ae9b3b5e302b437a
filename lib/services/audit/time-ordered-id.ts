import { randomUUID } from "node:crypto";

/** A UUID of version 7 (RFC 9562, 5.7): milliseconds first, so that an index grows at its end; the rest is random. */
export function timeOrderedId(at: number): string {
  const time = at.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice("xxxxxxxx-xxxx-4".length)}`;
}
