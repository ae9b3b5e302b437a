import type { LifetimePolicy } from "@/lib/core/keys/effective-end";
import { expiryRequired } from "@/lib/core/keys/key-expiry";
import type { Failure } from "@/lib/core/result";
import { failure } from "@/lib/core/result";

/**
 * Refuses a new key without an expiry if the organization requires one.
 *
 * @param policy read under the organization's lock, so that a setting saved before applies
 */
export function refuseWithoutExpiry(
  { requireExpiry }: Pick<LifetimePolicy, "requireExpiry">,
  expiresAt: Date | null,
): Failure | null {
  if (!requireExpiry || expiresAt !== null) return null;
  const field = { field: "expiresAt", message: expiryRequired };
  return failure("invalid_request", `${expiryRequired}.`, [field]);
}
