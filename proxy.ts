import { randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import { NextResponse } from "next/server";
import { isOwnOrigin } from "@/lib/auth/allowed-origin";
import { contentSecurityPolicy } from "@/lib/auth/content-security-policy";
import { securityHeaders } from "@/lib/auth/security-headers";
import { env } from "@/lib/env";

/** What next.config.js lets an action carry; Next itself answers more with a fault of its own. */
const bodyMaximumBytes = 64 * 1024;

const development = process.env.NODE_ENV === "development";

/** Before every page and action: who may send one, and what its answer may do in the browser. */
export function proxy(request: NextRequest): NextResponse {
  const own = env();
  if (!isSafe(request.method) && !mayWrite(request)) {
    const where = own.appUrlIsSet ? ` It is at ${own.appUrl}.` : "";
    return refuse(403, `This request did not come from a page of this dashboard.${where}`);
  }
  if (Number(request.headers.get("content-length") ?? 0) > bodyMaximumBytes) {
    return refuse(413, `A request has at most ${bodyMaximumBytes} bytes.`);
  }

  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, development);
  const forwarded = new Headers(request.headers);
  // Next reads the nonce for its own scripts out of the policy.
  forwarded.set("Content-Security-Policy", policy);
  forwarded.set("x-nonce", nonce);
  forwarded.set("x-latchkey-path", request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set("Content-Security-Policy", policy);
  for (const [name, value] of Object.entries(securityHeaders(own.appUrl))) response.headers.set(name, value);
  // Nothing of a page outlives its showing: not in a proxy's cache, and not behind Back after signing out.
  response.headers.set("Cache-Control", "no-store");
  return response;
}

function refuse(status: number, why: string): NextResponse {
  const headers = { "Cache-Control": "no-store", "Content-Type": "text/plain" };
  return new NextResponse(`${why}\n`, { status, headers: { ...securityHeaders(env().appUrl), ...headers } });
}

function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/**
 * A server action is a POST to any page, and Next lets one without an Origin pass. next-auth's endpoints
 * ask for a CSRF token, so a program may call them without one; a foreign page may call nothing.
 */
function mayWrite(request: NextRequest): boolean {
  const origin = request.headers.get("origin");
  if (origin === null && request.nextUrl.pathname.startsWith("/api/auth/")) return true;
  return isOwnOrigin(origin, request.headers.get("host"), env());
}

/** Everything but the built files, which are the same for everyone. */
export const config = { matcher: "/((?!_next/static/).*)" };
