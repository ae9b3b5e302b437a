/** What a page may load and do. Only scripts that carry this response's nonce run, and what those load. */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  // React's development build evaluates code to rebuild the server's stack traces.
  const evaluate = development ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    // Inline styles are how Radix places its menus, how its dialogs lock scrolling and how sonner brings
    // its sheet; neither takes a nonce for all of them. Without inline script, style alone reads nothing:
    // images and connections go nowhere but here.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
