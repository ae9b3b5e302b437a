import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ChangePasswordInput } from "@/lib/schemas/account";
import type { Origin, UserActor } from "@/lib/services/access/context";
import { recordSessionEvent } from "@/lib/services/sessions/record-session-event";
import { listMemberships } from "../list-memberships";
import { checkPassword } from "./check-password";
import { hashNewPassword } from "./hash-new-password";
import { setPassword, tellOfNewPassword } from "./set-password";

/** Sets a new password. Ends the person's other sessions and every link that could set a password. */
export async function changePassword(
  actor: UserActor,
  input: ChangePasswordInput,
  origin: Origin,
): Promise<Result<null>> {
  const checked = await checkPassword(
    actor.email,
    input.currentPassword,
    origin,
    actor,
    "The current password is incorrect.",
  );
  if (!checked.ok) {
    if (checked.code !== "forbidden") return checked;
    return failure("invalid_request", checked.detail, [
      { field: "currentPassword", message: "This is not your current password" },
    ]);
  }
  const organizationNames = (await listMemberships(actor.userId)).map(({ name }) => name);
  const hashed = await hashNewPassword(input.newPassword, { ...actor, organizationNames }, "newPassword");
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.value;

  const changed = await inTransaction(async (transaction) => {
    // If two changes race, the first one wins and the second gets a conflict.
    const seen = { id: actor.userId, passwordHash: checked.value.passwordHash };
    const changed = await setPassword(transaction, seen, { passwordHash }, origin.at);
    if (changed === null) return failure("conflict", "The password was changed in the meantime.");
    const { count: sessionsEnded } = await transaction.session.deleteMany({
      where: { userId: actor.userId, id: { not: actor.sessionId } },
    });
    await transaction.session.updateMany({
      where: { id: actor.sessionId },
      data: { authenticatedAt: origin.at },
    });
    const details = { sessionsEnded };
    await recordSessionEvent(transaction, "member.password_changed", actor.userId, origin, details);
    return success(null);
  });
  if (changed.ok) void tellOfNewPassword(actor.email, origin.at);
  return changed;
}
