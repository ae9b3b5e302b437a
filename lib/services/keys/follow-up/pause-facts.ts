import { formatKeyId } from "@/lib/core/keys/key-id";
import type { ApiKeyModel } from "@/lib/db/generated/models";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";

/**
 * The audit entry for pausing or resuming a key.
 *
 * @param key its state before
 * @param withKeyId the key along with which this one was paused or resumed; null if it was changed by itself
 */
export function pauseFacts(
  { id, name, pausedAt }: Pick<ApiKeyModel, "id" | "name" | "pausedAt">,
  withKeyId: string | null,
  verb: "pause" | "resume",
): AuditFacts {
  const details = {
    ...(pausedAt === null ? {} : { pausedBefore: pausedAt.toISOString() }),
    ...(withKeyId === null ? {} : { withKey: formatKeyId(withKeyId) }),
  };
  return {
    action: verb === "pause" ? "key.paused" : "key.resumed",
    target: { type: "key", id, name },
    details,
  };
}
