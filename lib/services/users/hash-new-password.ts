import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { OwnData } from "./judge-password";
import { judgePassword } from "./judge-password";
import { hashPassword } from "./password";

/**
 * The hash of a password that somebody wants to set, or why it is too weak. The one way to a hash: an import rule keeps
 * all else from `password.ts`, so no place can set a password that nobody judged.
 *
 * @param field that the password was typed into
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
