import { notFound } from "next/navigation";
import { cache } from "react";
import type { MemberContext } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { requestOrigin } from "./request-origin";
import { requireUser } from "./require-user";

/**
 * For pages: the signed-in person in the organization of the address. Sends to sign in who is not, and
 * an organization they are no member of is not there. Every page asks for itself: a layout is not run
 * again when the browser goes from one of its pages to the next.
 */
export const requireContext = cache(async (organizationSlug: string): Promise<MemberContext> => {
  const context = await memberContext(await requireUser(), organizationSlug, await requestOrigin());
  if (!context.ok) notFound();
  return context.value;
});
