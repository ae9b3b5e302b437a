import { env } from "@/lib/env";
import { hmacSha256 } from "@/lib/token/hmac-sha256";

/**
 * The key of an organization's audit chain. Derived from a pepper, which the database does not hold, under a label of
 * its own: the peppers that clients get tell nothing about it. Each entry names the version of its pepper, so a new
 * pepper needs no entry rewritten.
 *
 * @returns null if this process does not have that pepper version
 */
export function chainKey(organizationId: string, pepperVersion: number): Buffer | null {
  const pepper = env().peppers.byVersion.get(pepperVersion);
  return pepper === undefined ? null : hmacSha256(`latchkey audit chain\0${organizationId}`, pepper);
}
