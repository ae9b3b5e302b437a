import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { encodeBytesBase62 } from "./base62";
import { tokenChecksum } from "./format";

const prefix = "lk_rt_";

/** 256 bits in base62. */
const bodyLength = 43;

const pattern = /^lk_rt_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A new refresh token: prefix, 256 random bits, checksum. It reveals nothing about its grant. */
export function buildRefreshToken(): string {
  return format(randomBytes(32));
}

/** Is this a complete refresh token with a valid checksum? Needs no database. */
export function isRefreshToken(token: string): boolean {
  const match = pattern.exec(token);
  return match !== null && tokenChecksum(match[1] ?? "") === match[2];
}

/**
 * The token that follows this one. It is derived, so a client whose response was lost gets the same token again without
 * our storing it. Without the pepper, a token reveals nothing about its successors.
 */
export function nextRefreshToken(token: string, pepper: Buffer): string {
  const key = Buffer.from(hkdfSync("sha256", pepper, "", "latchkey refresh token successor", 32));
  return format(createHmac("sha256", key).update(token).digest());
}

/**
 * SHA-256; nothing else about a refresh token is stored. Its 256 bits cannot be guessed, so the hash needs no salt and
 * need not be slow, and looking up a row by it leaks nothing through timing.
 */
export function hashRefreshToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}

function format(bytes: Uint8Array): string {
  const body = encodeBytesBase62(bytes, bodyLength);
  return prefix + body + tokenChecksum(body);
}
