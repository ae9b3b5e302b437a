import { createHash } from "node:crypto";

/**
 * SHA-256: all that is stored of an invitation's token. Its 32 random bytes leave nothing to guess, so the
 * hash needs neither salt nor slowness, and finding a row by it gives no timing to learn from.
 */
export function hashInvitationToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
