const longest = 200;

/** A User-Agent that is safe to show: bounded, without control characters; null when nothing is left. */
export function presentableClient(userAgent: string): string | null {
  const text = userAgent
    .slice(0, 2 * longest)
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "")
    .slice(0, longest)
    .toWellFormed()
    .trim();
  return text === "" ? null : text;
}

/**
 * The same User-Agent, truncated so that many of them do not fill the memory. Copies the text, since a slice would keep
 * all of it alive.
 */
export function boundedClient(userAgent: string | null): string | null {
  if (userAgent === null || userAgent.length <= longest) return userAgent;
  const shown = presentableClient(userAgent);
  return shown === null ? null : Buffer.from(shown).toString();
}
