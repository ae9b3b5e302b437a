/**
 * Makes text safe for one line: a line break would end a header, and a bidirectional override would reverse what
 * follows.
 */
export function singleLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}
