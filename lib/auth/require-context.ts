import { notFound } from "next/navigation";
import { cache } from "react";
import type { MemberContext } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { requestOrigin } from "./request-origin";
import { requireUser } from "./require-user";

/**
 * For pages: the signed-in person in the organization of the URL. Redirects to sign-in if nobody is signed in, and
 * responds with not found if they are not a member. Every page must call it: a layout does not run again when the
 * browser moves between its pages.
 */
export const requireContext = cache(async (organizationSlug: string): Promise<MemberContext> => {
  const context = await memberContext(await requireUser(), organizationSlug, await requestOrigin());
  if (!context.ok) notFound();
  return context.value;
});
