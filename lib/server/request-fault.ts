import type { IncomingMessage } from "node:http";
import { isPlainHost } from "@/lib/core/allowed-origin";

/**
 * What is wrong with a request's Host or target, checked before anything else. A proxy and this server must never route
 * the same request differently.
 */
export function requestFault(request: IncomingMessage): string | null {
  const host = request.headers.host ?? "";
  if (hasTwoHosts(request)) return "The request has more than one Host header.";
  if (!isPlainHost(host)) return "The request's Host header is missing or not valid.";
  const { url = "" } = request;
  if (!isDecodable(url)) return "The request's address is not valid.";
  if (url.startsWith("/")) return null;
  const target = readAbsolute(url);
  if (target === null) return "The request's address is not valid.";
  if (target.host !== host.toLowerCase()) return "The request's address and its Host header differ.";
  request.url = target.path;
  return null;
}

/** `headers` keeps the first Host and hides the others. */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") count++;
  }
  return count > 1;
}

/** Frameworks decode the path at some point, and throw on invalid UTF-8. */
function isDecodable(url: string): boolean {
  if (!url.includes("%")) return true;
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}

/** RFC 9112, 3.2.2: a server must accept the absolute form that clients send to proxies. */
function readAbsolute(url: string): { readonly host: string; readonly path: string } | null {
  const [, host, path = ""] = /^https?:\/\/([^/?#]+)([/?].*)?$/i.exec(url) ?? [];
  if (host === undefined) return null;
  return { host: host.toLowerCase(), path: path.startsWith("/") ? path : `/${path}` };
}
