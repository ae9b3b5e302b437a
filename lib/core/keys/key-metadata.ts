import { repeatedName } from "../json/repeated-name";

/** The maximum size of a key's metadata, in bytes of UTF-8 as written. */
export const metadataMaximumBytes = 2048;
/** Verification returns metadata inside its own answer. Some JSON parsers stop at 64 levels. */
const maximumDepth = 32;

/**
 * Why this text cannot be a key's metadata. Metadata is stored and returned as written, so every JSON parser must read
 * it the same way.
 *
 * @param text trimmed of white space
 * @returns null if it is valid
 */
export function metadataFault(text: string): string | null {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > metadataMaximumBytes) {
    return `Metadata has ${inWords(bytes)} bytes; at most ${inWords(metadataMaximumBytes)} are allowed`;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "Metadata is not valid JSON";
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return 'Metadata has to be a JSON object, such as {"plan": "pro"}';
  }
  if (!text.isWellFormed()) return notWellFormed;
  if (repeatedName(text) !== null) return "Metadata has a duplicate name";
  return faultWithin(value, 1);
}

const notWellFormed = "Metadata has half of a character (a lone surrogate), which not every program can keep";

function faultWithin(value: unknown, depth: number): string | null {
  if (typeof value === "string") {
    if (value.includes("\0")) return "Metadata has the character NUL, which not every database can keep";
    return value.isWellFormed() ? null : notWellFormed;
  }
  if (typeof value !== "object" || value === null) return null;
  if (depth > maximumDepth) return `Metadata is nested deeper than ${maximumDepth} levels`;
  const inner = Array.isArray(value) ? value : Object.entries(value).flat();
  for (const each of inner) {
    const fault = faultWithin(each, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}

function inWords(bytes: number): string {
  return bytes.toLocaleString("en");
}
