import type { FreshPasswordFacts, FreshPasswordVerb } from "@/lib/core/fresh-password";
import { isFresh, needsFreshPassword } from "@/lib/core/fresh-password";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";
import type { ActingContext } from "@/lib/services/access/key-context";

/**
 * A refusal if the verb needs a password entered in the last five minutes and the session's is older; otherwise null.
 * Call it under the verb's locks, with the facts read there. Keys are exempt: they have no password, and each request
 * proves possession.
 */
export function requireFreshPassword<Verb extends FreshPasswordVerb>(
  { actor, origin }: Pick<ActingContext, "actor" | "origin">,
  verb: Verb,
  ...facts: FreshPasswordFacts<Verb>
): Failure | null {
  if (actor.kind === "key" || isFresh(actor.authenticatedAt, origin.at)) return null;
  return needsFreshPassword(verb, ...facts)
    ? failure("reauthentication_required", "Enter your password to continue.")
    : null;
}
