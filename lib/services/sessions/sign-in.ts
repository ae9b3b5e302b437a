import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { SignInInput } from "@/lib/schemas/account";
import type { Origin } from "@/lib/services/access/context";
import type { AuditDetails } from "@/lib/services/audit/record-audit-entry";
import type { KnownBrowser } from "@/lib/services/users/known-browser";
import { knowsAccount } from "@/lib/services/users/known-browser";
import { checkPassword } from "@/lib/services/users/password/check-password";
import { recordSessionEvent } from "./record-session-event";
import { startSession } from "./start-session";

export type StartedSession = { readonly sessionId: string; readonly userId: string };

const wrong = "Email or password is incorrect.";

/**
 * Checks the password and starts a session.
 *
 * @param browser what the browser stored at an earlier sign-in
 */
export async function signIn(
  input: SignInInput,
  origin: Origin,
  browser: KnownBrowser | null = null,
): Promise<Result<StartedSession>> {
  const checked = await checkPassword(input.email, input.password, origin, { browser }, wrong);
  if (!checked.ok) return checked;
  const { id: userId, passwordHash } = checked.value;

  return inTransaction(async (transaction) => {
    // A password change ends all other sessions. Lock the row, so that a concurrent change waits for this session to
    // exist and then ends it. If the hash has already changed, the person entered the old password.
    const [user] = await transaction.$queryRaw<{ passwordHash: string | null }[]>`
      SELECT password_hash AS "passwordHash" FROM users WHERE id = ${userId}::uuid FOR SHARE`;
    if (user?.passwordHash !== passwordHash) {
      if (user !== undefined) await recordSessionEvent(transaction, "member.sign_in_failed", userId, origin);
      return failure("forbidden", wrong);
    }
    const isNew = !knowsAccount(browser, { id: userId, passwordHash });
    const details: AuditDetails = isNew ? { newBrowser: true } : {};
    return success({ userId, sessionId: await startSession(transaction, userId, origin, details) });
  });
}
