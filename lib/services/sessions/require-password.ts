import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { ActingContext } from "@/lib/services/key-context";

const passwordHoldsMs = 5 * 60 * 1000;

/**
 * A refusal unless the password was entered in the last five minutes; null when it was. A key has none: who
 * holds it proved so with this request.
 */
export function requirePassword({ actor, origin }: ActingContext): Failure | null {
  if (actor.kind === "key") return null;
  if (origin.at.getTime() - actor.authenticatedAt.getTime() <= passwordHoldsMs) return null;
  return failure("reauthentication_required", "Enter your password to continue.");
}
