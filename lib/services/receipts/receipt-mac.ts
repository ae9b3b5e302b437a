import { env } from "@/lib/env";
import { hmacSha256 } from "@/lib/token/hmac-sha256";

/**
 * A keyed hash over a receipt's facts as they are kept. Its key is derived from a pepper, which the database does not
 * hold, under a label of its own: whoever can write to the database cannot make facts that we would sign.
 *
 * @returns null if this process does not have that pepper version
 */
export function receiptMac(organizationId: string, pepperVersion: number, facts: string): Buffer | null {
  const pepper = env().peppers.byVersion.get(pepperVersion);
  if (pepper === undefined) return null;
  return hmacSha256(facts, hmacSha256(`latchkey revocation receipt\0${organizationId}`, pepper));
}
