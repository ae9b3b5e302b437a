import { crc32 } from "node:zlib";
import { encodeBase62, randomBase62 } from "./base62";

export type TokenType = "secret" | "public";

/** The prefix of an organization that has not set its own. */
export const defaultTokenPrefix = "lk";

const kinds = { secret: "sk", public: "pk" } as const satisfies Record<TokenType, string>;

const keyIdLength = 16;
const secretLength = 32;
const checksumLength = 6;

/**
 * Matches exactly one token, of any prefix; the checksum still has to be checked. The key is found by its id, and the
 * hash covers the whole token, so a token under another prefix is a wrong one.
 */
const tokenPattern = /^[a-z][a-z0-9]{1,15}_(sk|pk)_([0-9A-Za-z]{16})([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

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

/** Has it the form of a token, whatever its checksum? */
export function hasTokenForm(token: string): boolean {
  return tokenPattern.test(token);
}

export type ParsedToken = { readonly type: TokenType; readonly keyId: string };

/** Parses a token; null if it is malformed or its checksum is wrong. Needs no database. */
export function parseToken(token: string): ParsedToken | null {
  const match = tokenPattern.exec(token);
  if (match === null) return null;
  const [, kind, keyId = "", secret = "", checksum] = match;
  if (tokenChecksum(keyId + secret) !== checksum) return null;
  return { type: kind === "sk" ? "secret" : "public", keyId };
}
