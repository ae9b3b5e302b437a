import { createHash, randomBytes } from "node:crypto";

export const passwordLinkLifeMs = 7 * 24 * 60 * 60 * 1000;

export function randomPasswordLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256: all that is stored of a link's token, whose 32 random bytes leave nothing to guess. */
export function hashPasswordLinkToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
