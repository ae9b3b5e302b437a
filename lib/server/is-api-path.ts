const apiPaths = new Set([
  ...["/v1", "/healthz", "/readyz", "/metrics"],
  ...["/.well-known/oauth-authorization-server", "/.well-known/jwks.json"],
]);

/** Is this request for the API, rather than for a page? */
export function isApiPath(url = "/"): boolean {
  const path = url.split("?", 1)[0] ?? "/";
  return apiPaths.has(path) || path.startsWith("/v1/");
}
