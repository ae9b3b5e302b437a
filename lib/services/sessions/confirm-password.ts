import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { database } from "@/lib/db/client";
import type { ConfirmPasswordInput } from "@/lib/schemas/account";
import type { Origin, UserActor } from "@/lib/services/context";
import { checkPassword } from "@/lib/services/users/check-password";

/** Opens the five minutes in which this session may do what asks for the password again. */
export async function confirmPassword(
  actor: UserActor,
  input: ConfirmPasswordInput,
  origin: Origin,
): Promise<Result<null>> {
  const checked = await checkPassword(actor.email, input.password, origin, "The password is not right.");
  if (!checked.ok) return checked;
  const { count } = await database().session.updateMany({
    where: { id: actor.sessionId, userId: checked.value.id },
    data: { authenticatedAt: origin.at },
  });
  return count === 0 ? failure("signed_out", "You are signed out.") : success(null);
}
