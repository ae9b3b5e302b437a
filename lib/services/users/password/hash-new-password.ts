import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { OwnData } from "./judge-password";
import { judgePassword } from "./judge-password";
import { hashPassword } from "./password";

/**
 * Hashes a new password, or says why it is too weak. An import rule keeps other code away from `password.ts`,
 * so no password is set without the strength check.
 *
 * @param field the field the password was typed into
 */
export async function hashNewPassword(
  password: string,
  person: OwnData,
  field = "password",
): Promise<Result<string>> {
  const message = await judgePassword(password, person);
  if (message === null) return success(await hashPassword(password));
  return failure("invalid_request", "Choose a stronger password.", [{ field, message }]);
}
