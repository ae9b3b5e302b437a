import type { Result } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { MemberContext } from "@/lib/services/access/context";
import { memberContext } from "@/lib/services/access/context";
import { readSession } from "@/lib/services/sessions/read-session";

export const signedOut = failure("signed_out", "You are signed out. Sign in again to continue.");

/** Reads the context again: while a request waits or is answered, the person may be signed out, removed or demoted. */
export async function contextNow(before: MemberContext): Promise<Result<MemberContext>> {
  const at = new Date();
  const actor = await readSession(before.actor.sessionId, at);
  if (actor === null) return signedOut;
  return memberContext(actor, before.organization.slug, { ...before.origin, at });
}
