import type { RevocationReason } from "@/lib/core/keys/key-status";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import type { Ending } from "../revocation";
import { revocation, revocationFacts } from "../revocation";
import { followLater, keysWithRows } from "./follow-later";

export type EndedKeys = {
  readonly total: number;
  /** The audit entries to record now. Of very many keys there are none: theirs follow. */
  readonly entries: readonly AuditFacts[];
};

/** Revokes locked keys that have not ended. None of them is accepted once the transaction is answered. */
export async function endKeys(
  transaction: Transaction,
  context: Ending & { readonly organization: { readonly id: OrganizationId } },
  keyIds: readonly string[],
  reason: RevocationReason,
): Promise<EndedKeys> {
  if (keyIds.length === 0) return { total: 0, entries: [] };
  if (keyIds.length > keysWithRows) {
    await followLater(
      transaction,
      context,
      { verb: "revoke", reason },
      keyIds.map((id) => ({ id })),
    );
    return { total: keyIds.length, entries: [] };
  }
  const ended = await transaction.apiKey.updateManyAndReturn({
    where: { organizationId: context.organization.id, revokedAt: null, id: { in: [...keyIds] } },
    data: revocation(context, reason),
    select: { id: true, name: true },
  });
  const entries = ended.sort((a, b) => (a.id < b.id ? -1 : 1)).map((key) => revocationFacts(key, reason));
  return { total: entries.length, entries };
}
