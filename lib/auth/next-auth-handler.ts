import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { nextAuthOptions } from "./next-auth-options";

/** The next-auth endpoints that respond. Its pages, session endpoint and log endpoint are not needed, so they are off. */
const endpoints = new Set([
  "GET csrf",
  "GET signin",
  "GET error",
  "POST callback/credentials",
  "POST signout",
]);

type RouteContext = { readonly params: Promise<{ nextauth: string[] }> };

export async function handleNextAuth(request: NextRequest, context: RouteContext): Promise<Response> {
  const { nextauth } = await context.params;
  if (!endpoints.has(`${request.method} ${nextauth.join("/")}`)) return new Response(null, { status: 404 });
  return NextAuth(request, context, nextAuthOptions());
}
