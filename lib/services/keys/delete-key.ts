import type { Result } from "@/lib/core/result";
import { success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { requireFreshPassword } from "@/lib/services/sessions/require-fresh-password";
import { endKeysOfTokens } from "@/lib/services/tokens/end-keys-of-tokens";
import type { LockedKey } from "../access/lock-key";
import { lockKey } from "../access/lock-key";
import { revocation } from "./revocation";

/** Revokes a key and removes it from the list. Its audit entries stay. */
export async function deleteKey(context: ActingContext, { keyId }: { keyId: string }): Promise<Result<null>> {
  return inTransaction(async (transaction) => {
    const locked = await lockKey(transaction, context, "delete", keyId);
    if (!locked.ok) return locked;
    const key = locked.value;
    const late = requireFreshPassword(context, "deleteKey", key);
    if (late !== null) return late;
    await recordAuditEntry(transaction, context, ...(await deleteLocked(transaction, context, [key])));
    return success(null);
  });
}

/** Deletes locked keys, and revokes the keys created with their tokens. Returns the audit entries. */
export async function deleteLocked(
  transaction: Transaction,
  context: ActingContext,
  keys: readonly [LockedKey, ...LockedKey[]],
): Promise<[AuditFacts, ...AuditFacts[]]> {
  const { origin, organization } = context;
  for (const isLive of [true, false]) {
    const ids = keys.filter(({ revokedAt }) => (revokedAt === null) === isLive).map(({ id }) => id);
    if (ids.length === 0) continue;
    await transaction.apiKey.updateMany({
      where: { id: { in: ids }, organizationId: organization.id },
      data: { deletedAt: origin.at, ...(isLive ? revocation(context, "person") : {}) },
    });
  }
  const byTokens = await endKeysOfTokens(
    transaction,
    context,
    keys.map(({ id }) => id),
    "policy",
  );
  const [first, ...others] = keys;
  return [deletionFacts(first), ...others.map(deletionFacts), ...byTokens.entries];
}

function deletionFacts({ id, name, revokedAt }: LockedKey): AuditFacts {
  return {
    action: "key.deleted",
    target: { type: "key", id, name },
    details: { wasRevoked: revokedAt !== null },
  };
}
