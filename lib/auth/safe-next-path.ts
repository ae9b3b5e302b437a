/**
 * The path and query on this site that a sign-in may redirect to. Returns null for anything a browser could read as
 * another site: `//`, `/\`, a scheme, or control characters that it drops.
 */
export function safeNextPath(next: unknown): string | null {
  if (typeof next !== "string" || next.length > 2000) return null;
  // Browsers treat \ as / and drop tabs and line ends within a URL.
  if (!next.startsWith("/") || /[\\\p{Cc}\p{Zl}\p{Zp}]/u.test(next)) return null;
  const anywhere = "http://this.site";
  if (!URL.canParse(next, anywhere)) return null;
  const url = new URL(next, anywhere);
  // Dot segments are resolved now, so a leading // here is what a browser would see.
  if (url.origin !== anywhere || url.pathname.startsWith("//")) return null;
  const path = url.pathname + url.search;
  return leadsBack(url.pathname) ? null : path;
}

/** Whether the path is a sign-in or setup page, or the API, which has no pages. */
function leadsBack(pathname: string): boolean {
  return /^\/(sign-in|setup|api|v1)(\/|$)/.test(pathname);
}
