import type { RevocationReason } from "@/lib/core/keys/key-status";
import type { Transaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import type { Ending } from "../revocation";
import { revocation, revocationFacts } from "../revocation";
import { endedInEffect } from "./ended-in-effect";
import { followLater, keysWithRows } from "./follow-later";
import { settleKeys } from "./write-follow-up";

export type EndedKeys = {
  readonly total: number;
  /** The audit entries to record now. Empty for very many keys, whose entries are written later. */
  readonly entries: readonly AuditFacts[];
};

/**
 * Revokes locked keys whose rows have not ended. Once the transaction returns, none of them is accepted. Keys that have
 * already ended in effect stay as they are and are not counted.
 */
export async function endKeys(
  transaction: Transaction,
  context: Ending & { readonly organization: { readonly id: OrganizationId } },
  keyIds: readonly string[],
  reason: RevocationReason,
): Promise<EndedKeys> {
  if (keyIds.length === 0) return { total: 0, entries: [] };
  const organizationId = context.organization.id;
  const before = await endedInEffect(transaction, organizationId, keyIds);
  const living = keyIds.filter((id) => !before.has(id));
  if (living.length > keysWithRows) {
    await followLater(
      transaction,
      context,
      { verb: "revoke", reason },
      living.map((id) => ({ id })),
    );
    return { total: living.length, entries: [] };
  }
  // Write an outstanding pause first, since it comes before their end.
  await settleKeys(transaction, organizationId, living);
  const ended = await transaction.apiKey.updateManyAndReturn({
    where: { organizationId, revokedAt: null, id: { in: living } },
    data: revocation(context, reason),
    select: { id: true, name: true },
  });
  const entries = ended.sort((a, b) => (a.id < b.id ? -1 : 1)).map((key) => revocationFacts(key, reason));
  return { total: entries.length, entries };
}
