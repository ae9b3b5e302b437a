import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ConfirmPasswordInput } from "@/lib/schemas/account";
import type { Origin, UserActor } from "@/lib/services/access/context";
import { checkPassword } from "@/lib/services/users/password/check-password";
import { recordSessionEvent } from "./record-session-event";

/** Confirms the password. For five minutes, this session may then use verbs that require a recent one. */
export async function confirmPassword(
  actor: UserActor,
  input: ConfirmPasswordInput,
  origin: Origin,
): Promise<Result<null>> {
  const wrong = "The password is incorrect.";
  const checked = await checkPassword(actor.email, input.password, origin, actor, wrong);
  if (!checked.ok) return checked;
  const { id: userId } = checked.value;
  return inTransaction(async (transaction) => {
    const { count } = await transaction.session.updateMany({
      where: { id: actor.sessionId, userId },
      data: { authenticatedAt: origin.at },
    });
    if (count === 0) return failure("signed_out", "You are signed out.");
    await recordSessionEvent(transaction, "member.password_confirmed", userId, origin);
    return success(null);
  });
}
