import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { MemberContext } from "@/lib/services/context";

const passwordHoldsMs = 5 * 60 * 1000;

/** A refusal unless the password was entered in the last five minutes; null when it was. */
export function requirePassword({ actor, origin }: MemberContext): Failure | null {
  if (origin.at.getTime() - actor.authenticatedAt.getTime() <= passwordHoldsMs) return null;
  return failure("reauthentication_required", "Enter your password to continue.");
}
