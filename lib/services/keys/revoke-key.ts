import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { endKeysOfTokens } from "@/lib/services/tokens/end-keys-of-tokens";
import { lockKey } from "../access/lock-key";
import { revocation, revocationFacts } from "./revocation";

/**
 * Revokes a key for good; it stays listed. Revoking a revoked key succeeds and changes nothing: of two simultaneous
 * revocations, only the first is recorded.
 */
export async function revokeKey(context: ActingContext, { keyId }: { keyId: string }): Promise<Result<null>> {
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "revoke", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    if (key.revokedAt !== null) return success(null);
    await transaction.apiKey.updateMany({
      where: { id: keyId, organizationId: context.organization.id },
      data: revocation(context, "person"),
    });
    const byTokens = await endKeysOfTokens(transaction, context, [keyId], "policy");
    await recordAuditEntry(transaction, context, revocationFacts(key, "person"), ...byTokens);
    return success(null);
  });
}
