import { hash } from "node:crypto";
import { hasTokenForm } from "./format";

/** In characters. Anything longer is not a token. */
export const longestToken = 1024;

/** Printable ASCII without spaces, which any header can carry. */
const printable = /^[\x21-\x7e]{1,1024}$/;

/**
 * Could this be the token of an imported key? Never for a token in Latchkey's own form: it names its key, and with a
 * wrong checksum it is malformed.
 *
 * @param token as presented, of any length and content
 */
export function mayBeImported(token: string): boolean {
  return printable.test(token) && !token.startsWith("lk_") && !hasTokenForm(token);
}

/** SHA-256 as 64 lowercase hex digits. An import contains nothing else about a token. */
export function sha256Of(token: string): string {
  return hash("sha256", token, "hex");
}

/**
 * The text to hash under the pepper for an imported token, of which Latchkey only knows the SHA-256. The label makes
 * sure that it never equals a token.
 *
 * @param sha256 64 lowercase hex digits
 */
export function importedText(sha256: string): string {
  return `latchkey imported token\0${sha256}`;
}
