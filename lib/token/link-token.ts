import { createHash, randomBytes } from "node:crypto";

/** 256 random bits for a link that one person opens, such as an invitation's, in 43 characters. */
export function randomLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * SHA-256: all that is stored of a link's token. Its 256 bits leave nothing to guess, so the hash needs
 * neither salt nor slowness, and finding a row by it gives no timing to learn from.
 */
export function hashLinkToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
