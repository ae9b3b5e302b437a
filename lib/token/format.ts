import { crc32 } from "node:zlib";
import { encodeBase62, randomBase62 } from "./base62";

export type TokenType = "secret" | "public";

const prefixes = { secret: "lk_sk_", public: "lk_pk_" } as const satisfies Record<TokenType, string>;

const keyIdLength = 16;
const secretLength = 32;
const checksumLength = 6;

/** Matches exactly one token; the checksum still has to be checked. */
const tokenPattern = /^lk_(sk|pk)_([0-9A-Za-z]{16})([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

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
 */
export function buildToken(type: TokenType, keyId: string): string {
  const body = keyId + randomBase62(secretLength);
  return prefixes[type] + body + tokenChecksum(body);
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
