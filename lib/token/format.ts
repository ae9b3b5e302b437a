import { crc32 } from "node:zlib";
import { base62Alphabet, encodeBase62, randomBase62 } from "./base62";

export type TokenType = "secret" | "public";

/** The prefix of an organization that has not set its own. */
export const defaultTokenPrefix = "lk";

const kinds = { secret: "sk", public: "pk" } as const satisfies Record<TokenType, string>;

const keyIdLength = 16;
const secretLength = 32;
const checksumLength = 6;

/** CRC-32 of the body as six base62 digits, which tells a lookalike from a real key offline. */
export function tokenChecksum(body: string): string {
  return encodeBase62(crc32(body), checksumLength);
}

/** 16 random characters. People and programs see the id with `key_` in front. */
export function randomKeyId(): string {
  return randomBase62(keyIdLength);
}

/**
 * A new token for a key: prefix, key id, 32 random characters (190 bits), checksum.
 *
 * @param keyId the 16 characters, without `key_`
 * @param prefix the organization's own, `[a-z][a-z0-9]{1,15}`
 */
export function buildToken(type: TokenType, keyId: string, prefix: string = defaultTokenPrefix): string {
  const body = keyId + randomBase62(secretLength);
  return `${prefix}_${kinds[type]}_${body}${tokenChecksum(body)}`;
}

export type ParsedToken = { readonly type: TokenType; readonly keyId: string };

const shortestPrefix = 2;
const longestPrefix = 16;
const bodyLength = keyIdLength + secretLength;
const afterPrefix = "_sk_".length + bodyLength + checksumLength;

/** Whether the text has the form of a token with any prefix. Does not check the checksum. */
export function hasTokenForm(token: string): boolean {
  return typeOf(token) !== null;
}

/**
 * Parses a token; null if it is malformed or its checksum is wrong. Needs no database.
 *
 * Accepts any prefix: the key is found by its id, and the hash covers the whole token, so a wrong prefix fails there.
 */
export function parseToken(token: string): ParsedToken | null {
  const type = typeOf(token);
  if (type === null) return null;
  const start = token.length - bodyLength - checksumLength;
  let crc = -1;
  for (let at = start; at < start + bodyLength; at++) {
    crc = (crcTable[(crc ^ token.charCodeAt(at)) & 0xff] ?? 0) ^ (crc >>> 8);
  }
  // Digits are compared from the last to the first, since the division yields them in that order.
  let rest = ~crc >>> 0;
  for (let at = token.length - 1; at >= start + bodyLength; at--) {
    if (token.charCodeAt(at) !== base62Alphabet.charCodeAt(rest % 62)) return null;
    rest = Math.floor(rest / 62);
  }
  return { type, keyId: token.slice(start, start + keyIdLength) };
}

/**
 * Runs twice per verification, so it reads the characters one by one: a regular expression and `crc32` take three times
 * as long.
 */
function typeOf(token: string): TokenType | null {
  const prefixLength = token.length - afterPrefix;
  if (prefixLength < shortestPrefix || prefixLength > longestPrefix) return null;
  if (((classes[token.charCodeAt(0)] ?? 0) & lowercase) === 0) return null;
  for (let at = 1; at < prefixLength; at++) {
    if (((classes[token.charCodeAt(at)] ?? 0) & (lowercase | digit)) === 0) return null;
  }
  for (let at = prefixLength + 4; at < token.length; at++) {
    if ((classes[token.charCodeAt(at)] ?? 0) === 0) return null;
  }
  if (token.startsWith("_sk_", prefixLength)) return "secret";
  return token.startsWith("_pk_", prefixLength) ? "public" : null;
}

const lowercase = 1;
const digit = 2;
const uppercase = 4;

/** The class of each ASCII character; 0 if a token cannot contain it. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (character >= "a" && character <= "z") return lowercase;
  if (character >= "0" && character <= "9") return digit;
  return character >= "A" && character <= "Z" ? uppercase : 0;
});

/** The CRC-32 of each byte. (RFC 1952, 8) */
const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
