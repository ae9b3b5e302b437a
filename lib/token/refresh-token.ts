import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { encodeBytesBase62 } from "./base62";
import { tokenChecksum } from "./format";

const prefix = "lk_rt_";

/** 256 bits in base62. */
const bodyLength = 43;

const pattern = /^lk_rt_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A new refresh token: prefix, 256 random bits, checksum. It says nothing of what it is for. */
export function buildRefreshToken(): string {
  return format(randomBytes(32));
}

/** A whole refresh token with the right checksum? Asks no database. */
export function isRefreshToken(token: string): boolean {
  const match = pattern.exec(token);
  return match !== null && tokenChecksum(match[1] ?? "") === match[2];
}

/**
 * The token that follows this one: the same every time, so that who lost the answer gets it again, and
 * nothing of it has to be stored. Without the pepper a token tells nothing of its successors.
 */
export function nextRefreshToken(token: string, pepper: Buffer): string {
  const key = Buffer.from(hkdfSync("sha256", pepper, "", "latchkey refresh token successor", 32));
  return format(createHmac("sha256", key).update(token).digest());
}

/**
 * SHA-256: all that is stored of a refresh token. Its 256 bits leave nothing to guess, so the hash needs
 * neither salt nor slowness, and finding a row by it gives no timing to learn from.
 */
export function hashRefreshToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

function format(bytes: Uint8Array): string {
  const body = encodeBytesBase62(bytes, bodyLength);
  return prefix + body + tokenChecksum(body);
}
