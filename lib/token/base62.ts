import { randomBytes } from "node:crypto";

/** Digits, upper case, lower case: the order that the known checksum values ask for. */
export const base62Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The largest multiple of 62 that fits a byte; bytes from here on would favour the first digits. */
const unbiasedBytes = 248;

/**
 * Random base62 from the operating system's source. Bytes of 248 and above are thrown away, since
 * taking them modulo 62 would make eight digits likelier than the rest.
 *
 * @param length characters
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
 * A non-negative whole number below 2^32 in base62, most significant digit first, zero-padded.
 *
 * @param width characters
 */
export function encodeBase62(value: number, width: number): string {
  let text = "";
  for (let rest = value; rest > 0; rest = Math.floor(rest / 62)) text = base62Alphabet[rest % 62] + text;
  return text.padStart(width, "0");
}

/**
 * Bytes as one number in base62, most significant digit first, zero-padded.
 *
 * @param width characters, enough for every number of so many bytes
 */
export function encodeBytesBase62(bytes: Uint8Array, width: number): string {
  let text = "";
  let rest = bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
  for (; rest > 0n; rest /= 62n) text = base62Alphabet[Number(rest % 62n)] + text;
  return text.padStart(width, "0");
}
