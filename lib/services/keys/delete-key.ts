import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { endKeysOfTokens } from "@/lib/services/tokens/end-keys-of-tokens";
import { lockKey } from "../access/lock-key";
import { revocation } from "./revocation";

/** Revokes a key and removes it from the list. Its audit trail stays. */
export async function deleteKey(context: ActingContext, { keyId }: { keyId: string }): Promise<Result<null>> {
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "delete", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    const late = requireFreshPassword(context, "deleteKey", key);
    if (late !== null) return late;
    const wasLive = key.revokedAt === null;
    await transaction.apiKey.update({
      where: { id: keyId, organizationId: context.organization.id },
      data: { deletedAt: context.origin.at, ...(wasLive ? revocation(context, "person") : {}) },
    });
    const byTokens = await endKeysOfTokens(transaction, context, [keyId], "policy");
    const facts = {
      action: "key.deleted",
      target: { type: "key", id: keyId, name: key.name },
      details: { wasRevoked: !wasLive },
    } as const;
    await recordAuditEntry(transaction, context, facts, ...byTokens);
    return success(null);
  });
}
