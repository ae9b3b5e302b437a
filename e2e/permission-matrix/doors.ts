import type { FormState } from "@/lib/actions/form-state";
import { cookieAttributes } from "@/lib/auth/cookie-attributes";
import { requireContext } from "@/lib/auth/require-context";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { env } from "@/lib/env";
import type { MemberContext } from "@/lib/services/access/context";
import type { Person } from "./matrix-world";
import { inRequest } from "./next-request";

/** Runs the work in a request of this person's browser; null is a browser that never signed in. */
export function inBrowserOf<T>(person: Person | null, work: () => Promise<T>): Promise<T> {
  const { appUrl } = env();
  const headers = new Headers({ origin: appUrl, host: new URL(appUrl).host, "user-agent": "matrix" });
  const session = person === null ? [] : [[cookieAttributes(appUrl).session, person.cookie] as const];
  return inRequest({ headers, cookies: new Map(session) }, work);
}

/** The result of a verb for a dashboard page of the organization in its address. */
export function onPage<T>(
  organization: string,
  read: (context: MemberContext) => Promise<Result<T>>,
): Promise<Result<T>> {
  return outcomeOfPage(async () => read(await requireContext(organization)));
}

/** The result of a page's read. If Next would show another page, returns the refusal behind that. */
export async function outcomeOfPage<T>(read: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await read();
  } catch (error) {
    const digest = digestOf(error);
    if (digest.startsWith("NEXT_REDIRECT;") && digest.includes("/sign-in")) {
      return failure("signed_out", "The page leads to sign in.");
    }
    if (digest === "NEXT_HTTP_ERROR_FALLBACK;404") return failure("not_found", "The page is not there.");
    throw error;
  }
}

/** The outcome of a form's action: the failure that the form shows, or a success, which may redirect. */
export async function outcomeOfForm(send: () => Promise<FormState>): Promise<Result<null>> {
  try {
    return (await send()).failure ?? success(null);
  } catch (error) {
    if (digestOf(error).startsWith("NEXT_REDIRECT;")) return success(null);
    throw error;
  }
}

/** The digest by which Next marks an expected error. */
function digestOf(error: unknown): string {
  return error instanceof Error && "digest" in error ? String(error.digest) : "";
}
