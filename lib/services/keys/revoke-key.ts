import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import { inTransaction } from "@/lib/db/client";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import type { MemberContext } from "@/lib/services/context";
import { lockKey } from "./lock-key";

/**
 * Ends a key for good; it stays listed. Revoking a revoked key succeeds and changes nothing: of two
 * simultaneous revocations the first is the one that is recorded. [P6, S7, Y5]
 */
export async function revokeKey(context: MemberContext, { keyId }: { keyId: string }): Promise<Result<null>> {
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "revoke", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    if (key.revokedAt !== null) return success(null);
    await transaction.apiKey.update({
      where: { id: keyId, organizationId: context.organization.id },
      data: revocation(context),
    });
    await recordAuditEntry(transaction, context, {
      action: "key.revoked",
      target: { type: "key", id: keyId, name: key.name },
      details: { reason: "person" },
    });
    return success(null);
  });
}

/** What a revocation by a person writes. */
export function revocation({ actor, origin }: MemberContext) {
  return {
    revokedAt: origin.at,
    revocationReason: "person",
    revokedById: actor.userId,
    liveCreatorId: null,
  } as const;
}
