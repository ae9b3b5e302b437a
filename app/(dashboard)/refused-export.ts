import { notFound } from "next/navigation";
import type { Failure } from "@/lib/core/result";

/** The response of an export that was refused before it began. */
export function refusedExport({ code, detail, retryAfterSeconds = 1 }: Failure): Response {
  if (code !== "rate_limited") notFound();
  return new Response(detail, { status: 429, headers: { "Retry-After": String(retryAfterSeconds) } });
}
