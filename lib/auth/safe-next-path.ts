/**
 * Where a sign-in may lead: a path of this site, with its query. Anything that a browser could read as
 * another site (`//`, `/\`, a scheme, control characters that it drops) leads nowhere.
 */
export function safeNextPath(next: unknown): string | null {
  if (typeof next !== "string" || next.length > 2000) return null;
  // Browsers take \ for / and drop tabs and line ends within an address.
  if (!next.startsWith("/") || /[\\\p{Cc}\p{Zl}\p{Zp}]/u.test(next)) return null;
  const anywhere = "http://this.site";
  if (!URL.canParse(next, anywhere)) return null;
  const url = new URL(next, anywhere);
  // Dot segments are gone now, so what begins with // here is what a browser would see.
  if (url.origin !== anywhere || url.pathname.startsWith("//")) return null;
  const path = url.pathname + url.search;
  return leadsBack(url.pathname) ? null : path;
}

/** After signing in, nobody wants to sign in; and the API's answers are no pages. */
function leadsBack(pathname: string): boolean {
  return /^\/(sign-in|setup|api|v1)(\/|$)/.test(pathname);
}
