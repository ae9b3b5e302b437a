const twoYearsSeconds = 63_072_000;

/** The headers of every page, beside its Content-Security-Policy. */
export function securityHeaders(appUrl: string): Record<string, string> {
  return {
    // A page's address can hold a search or a setup token, and is no other site's business.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy":
      "camera=(), geolocation=(), microphone=(), payment=(), usb=(), clipboard-write=(self), browsing-topics=()",
    // Without TLS a browser ignores it; promised where TLS is somebody else's, it would lock people out.
    ...(appUrl.startsWith("https:") && {
      "Strict-Transport-Security": `max-age=${twoYearsSeconds}; includeSubDomains`,
    }),
  };
}
