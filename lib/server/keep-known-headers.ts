import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/**
 * All that a page or next-auth needs of a request. Frameworks take instructions from headers that only their own
 * parts should send (`X-Forwarded-Host`, `X-Middleware-*`, `X-Action-Forwarded`, `Next-Resume`), and get new ones
 * with each release. So what is not named here goes no further.
 */
const known = new Set([
  ...["host", "origin", "referer", "cookie", "user-agent", "connection"],
  ...["accept", "accept-encoding", "accept-language", "cache-control", "pragma"],
  ...["content-type", "content-length", "transfer-encoding"],
  ...["if-none-match", "if-modified-since", "if-range", "range"],
  ...["sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-user", "purpose", "sec-purpose"],
  // What a browser's part of Next sends.
  ...["rsc", "next-action", "next-url"],
  ...["next-router-state-tree", "next-router-prefetch", "next-router-segment-prefetch"],
  // This server's own words; mark-request.ts has overwritten whatever a client sent.
  ...["x-latchkey-address", "x-request-id"],
]);

/** What reloads a page in development sends these besides. */
const knownInDevelopment = new Set([
  ...known,
  ...["next-hmr-refresh", "x-nextjs-request-id", "x-nextjs-html-request-id"],
]);

export function keepKnownHeaders(request: IncomingMessage, development: boolean): void {
  const names = development ? knownInDevelopment : known;
  const headers: IncomingHttpHeaders = {};
  for (const [name, value] of Object.entries(request.headers)) if (names.has(name)) headers[name] = value;
  request.headers = headers;
  request.rawHeaders = request.rawHeaders.filter((_, index, all) =>
    names.has((all[index - (index % 2)] ?? "").toLowerCase()),
  );
}
