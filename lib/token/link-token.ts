import { createHash, randomBytes } from "node:crypto";

/** 256 random bits as 43 characters, for a link meant for one person, such as an invitation's. */
export function randomLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * SHA-256; nothing else about a link's token is stored. Its 256 bits cannot be guessed, so the hash needs no salt and
 * need not be slow, and looking up a row by it leaks nothing through timing.
 */
export function hashLinkToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
