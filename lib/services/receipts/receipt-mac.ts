import { env } from "@/lib/env";
import { hmacSha256 } from "@/lib/token/hmac-sha256";

/**
 * An HMAC over a receipt's stored facts. Its key is derived from a pepper, which is not in the database, so write
 * access to the database is not enough to forge facts that we would sign.
 *
 * @returns null if this process does not have that pepper version
 */
export function receiptMac(organizationId: string, pepperVersion: number, facts: string): Buffer | null {
  const pepper = env().peppers.byVersion.get(pepperVersion);
  if (pepper === undefined) return null;
  return hmacSha256(facts, hmacSha256(`latchkey revocation receipt\0${organizationId}`, pepper));
}
