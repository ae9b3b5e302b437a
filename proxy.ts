import { randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import { NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/lib/auth/content-security-policy";

const development = process.env.NODE_ENV === "development";

/** Before every page: what it may load and do in the browser. Who may send an action is decided by lib/server before. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, development);
  const forwarded = new Headers(request.headers);
  // Next reads the nonce for its own scripts out of the policy.
  forwarded.set("Content-Security-Policy", policy);
  forwarded.set("x-nonce", nonce);
  forwarded.set("x-latchkey-path", request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers: forwarded } });
  response.headers.set("Content-Security-Policy", policy);
  // Nothing of a page outlives its showing: not in a proxy's cache, and not behind Back after signing out.
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/** Everything but the built files, which are the same for everyone. */
export const config = { matcher: "/((?!_next/static/).*)" };
