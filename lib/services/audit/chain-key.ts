import { env } from "@/lib/env";
import { hmacSha256 } from "@/lib/token/hmac-sha256";

/**
 * The key of an organization's audit chain. It is derived from a pepper, which is not in the database, under its own
 * label, so the peppers that clients receive reveal nothing about it. Each entry names its pepper version, so a new
 * pepper requires no rewriting.
 *
 * @returns null if this process does not have that pepper version
 */
export function chainKey(organizationId: string, pepperVersion: number): Buffer | null {
  const pepper = env().peppers.byVersion.get(pepperVersion);
  return pepper === undefined ? null : hmacSha256(`latchkey audit chain\0${organizationId}`, pepper);
}
