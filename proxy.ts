import { randomBytes } from "node:crypto";
import type { NextRequest } from "next/server";
import { NextResponse } from "next/server";
import { contentSecurityPolicy } from "@/lib/auth/content-security-policy";

const development = process.env.NODE_ENV === "development";

/**
 * Runs before every page and sets what the page may load and do. lib/server has already decided who may send an action.
 */
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
  // Pages must not be stored: neither in a proxy's cache, nor for the Back button after signing out.
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/** Everything but the built files, which are the same for everyone. */
export const config = { matcher: "/((?!_next/static/).*)" };
