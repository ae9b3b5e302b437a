/** What a page may load and do. Only scripts with this response's nonce, and scripts they load, may run. */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  // React's development build uses eval to rebuild the server's stack traces.
  const evaluate = development ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    // Radix positions menus and locks scrolling with inline styles, and sonner injects its style sheet. Neither
    // supports a nonce for all of them. Styles alone cannot leak data: images and connections are limited to this
    // site.
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
