import { cookieAttributes } from "@/lib/auth/cookie-attributes";
import { requireContext } from "@/lib/auth/require-context";
import type { Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import { env } from "@/lib/env";
import type { MemberContext } from "@/lib/services/context";
import type { Person } from "./matrix-world";
import { inRequest } from "./next-request";

/** Does the work in a request of this person's browser; null is a browser that never signed in. */
export function inBrowserOf<T>(person: Person | null, work: () => Promise<T>): Promise<T> {
  const { appUrl } = env();
  const headers = new Headers({ origin: appUrl, host: new URL(appUrl).host, "user-agent": "matrix" });
  const session = person === null ? [] : [[cookieAttributes(appUrl).session, person.cookie] as const];
  return inRequest({ headers, cookies: new Map(session) }, work);
}

/** What a page of the dashboard gets from a verb: where Next would show another page, the refusal it stands for. */
export async function onPage<T>(
  organization: string,
  read: (context: MemberContext) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await read(await requireContext(organization));
  } catch (error) {
    const digest = error instanceof Error && "digest" in error ? String(error.digest) : "";
    if (digest.startsWith("NEXT_REDIRECT;") && digest.includes("/sign-in")) {
      return failure("signed_out", "The page leads to sign in.");
    }
    if (digest === "NEXT_HTTP_ERROR_FALLBACK;404") return failure("not_found", "The page is not there.");
    throw error;
  }
}
