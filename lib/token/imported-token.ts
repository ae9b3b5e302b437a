import { hash } from "node:crypto";
import { hasTokenForm } from "./format";

/** In characters. Anything longer is not a token. */
export const longestToken = 1024;

/** Printable ASCII without spaces, which any header can carry. */
const printable = /^[\x21-\x7e]{1,1024}$/;

/**
 * May this be the token of an imported key? A token of our own form never is: it names its key, and with a wrong
 * checksum it is malformed.
 *
 * @param token as presented, of any length and content
 */
export function mayBeImported(token: string): boolean {
  return printable.test(token) && !token.startsWith("lk_") && !hasTokenForm(token);
}

/** SHA-256 as 64 hex digits in lowercase: all that an import says about a token. */
export function sha256Of(token: string): string {
  return hash("sha256", token, "hex");
}

/**
 * What is hashed under the pepper in place of an imported token, which Latchkey does not know. The label keeps it apart
 * from every token, so a hash of one kind never fits the other.
 *
 * @param sha256 64 hex digits in lowercase
 */
export function importedText(sha256: string): string {
  return `latchkey imported token\0${sha256}`;
}
