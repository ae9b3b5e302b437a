import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { endKeysOfTokens } from "@/lib/services/tokens/end-keys-of-tokens";
import type { LockedKey } from "../access/lock-key";
import { lockKey } from "../access/lock-key";
import { revocation, revocationFacts } from "./revocation";

/**
 * Revokes a key for good; it stays listed. Revoking a revoked key succeeds and changes nothing: of two concurrent
 * revocations, only the first is recorded.
 */
export async function revokeKey(context: ActingContext, { keyId }: { keyId: string }): Promise<Result<null>> {
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "revoke", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    if (key.revokedAt !== null) return success(null);
    await recordAuditEntry(transaction, context, ...(await revokeLocked(transaction, context, [key])));
    return success(null);
  });
}

/** Revokes keys that are locked and not revoked, and the keys created with their tokens. Returns the audit entries. */
export async function revokeLocked(
  transaction: Transaction,
  context: ActingContext,
  keys: readonly [LockedKey, ...LockedKey[]],
): Promise<[AuditFacts, ...AuditFacts[]]> {
  const ids = keys.map(({ id }) => id);
  await transaction.apiKey.updateMany({
    where: { id: { in: ids }, organizationId: context.organization.id },
    data: revocation(context, "person"),
  });
  const byTokens = await endKeysOfTokens(transaction, context, ids, "policy");
  const [first, ...others] = keys;
  const facts = (key: LockedKey) => revocationFacts(key, "person");
  return [facts(first), ...others.map(facts), ...byTokens.entries];
}
