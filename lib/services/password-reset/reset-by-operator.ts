import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { email as emailSchema } from "@/lib/schemas/account";
import { forgetGuesses } from "@/lib/services/users/password/guess-bounds";
import type { ResetLink } from "./make-reset-link";
import { makeResetLink } from "./make-reset-link";

/** Creates a link for an operator to give to a person who is locked out, and clears the account's failed guesses. */
export async function resetByOperator(typed: string, at: Date): Promise<Result<ResetLink>> {
  const parsed = emailSchema.safeParse(typed);
  if (!parsed.success) return failure("invalid_request", `"${typed}" is not an email address.`);
  const email = parsed.data;
  const user = await database().user.findUnique({ where: { email }, select: { id: true } });
  if (user === null) return failure("not_found", `There is no account with the email ${email}.`);
  await forgetGuesses(email);
  const made = await makeResetLink(user.id, true, at);
  log().warn({ event: "operator.reset_link_made", userId: user.id }, "session event");
  return success(made);
}
