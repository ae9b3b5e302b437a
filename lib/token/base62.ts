import { randomBytes } from "node:crypto";

/** Digits, uppercase, lowercase: the order that the published checksum test values require. */
export const base62Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The largest multiple of 62 that fits a byte; bytes from here on would favor the first digits. */
const unbiasedBytes = 248;

/**
 * Random base62 from the operating system's random source. Bytes of 248 and above are discarded, since taking them
 * modulo 62 would make eight digits more likely than the rest.
 *
 * @param length in characters
 */
export function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 8)) {
      if (byte < unbiasedBytes && text.length < length) text += base62Alphabet[byte % 62];
    }
  }
  return text;
}

/**
 * Encodes a whole number from 0 to 2^32 - 1, most significant digit first, zero-padded.
 *
 * @param width in characters
 */
export function encodeBase62(value: number, width: number): string {
  let text = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = base62Alphabet[rest % 62] + text;
  return text.padStart(width, "0");
}

/**
 * Encodes bytes as one number, most significant digit first, zero-padded.
 *
 * @param width in characters; must fit every number with that many bytes
 */
export function encodeBytesBase62(bytes: Uint8Array, width: number): string {
  let text = "";
  let rest = bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  for (; rest > 0n; rest /= 62n) text = base62Alphabet[Number(rest % 62n)] + text;
  return text.padStart(width, "0");
}
