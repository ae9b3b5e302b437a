import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/**
 * All the headers that pages and next-auth need. Frameworks obey headers that only their own components should send
 * (`X-Forwarded-Host`, `X-Middleware-*`, `X-Action-Forwarded`, `Next-Resume`), and each release adds more. So headers
 * not listed here are dropped.
 */
const known = new Set([
  ...["host", "origin", "referer", "cookie", "user-agent", "connection"],
  ...["accept", "accept-encoding", "accept-language", "cache-control", "pragma"],
  ...["content-type", "content-length", "transfer-encoding"],
  ...["if-none-match", "if-modified-since", "if-range", "range"],
  ...["sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-user", "purpose", "sec-purpose"],
  // Sent by Next's client.
  ...["rsc", "next-action", "next-url"],
  ...["next-router-state-tree", "next-router-prefetch", "next-router-segment-prefetch"],
  // Set by this server; mark-request.ts overwrites whatever a client sent.
  ...["x-latchkey-address", "x-request-id"],
]);

/** Additional headers sent by hot reloading in development. */
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
