import { database } from "@/lib/db/client";
import type { ReceiptFacts } from "@/lib/schemas/audit/revocation-receipt";
import type { OrganizationId } from "@/lib/services/access/context";
import { openFacts, signFacts, withoutNames } from "@/lib/services/receipts/receipt-facts";
import { recordReceiptsLate } from "@/lib/services/receipts/record-receipts";
import { currentSigner } from "@/lib/services/tokens/signing-keys";

/**
 * Keeps messages small: of more nodes or clients, only those that did not acknowledge are listed, along with totals.
 */
const mostNamed = 10;

/**
 * The signed receipts of the keys that these entries revoked, by key id. Records receipts first that the revoking
 * process failed to record. Keys revoked by a version without receipts have none.
 *
 * @param after the last entry before these
 * @param through the last of these entries
 */
export async function prepareReceipts(
  organizationId: OrganizationId,
  { after, through }: { readonly after: number; readonly through: number },
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const entries = await database().auditEntry.findMany({
    where: {
      ...{ organizationId, targetType: "key", action: { in: ["key.revoked", "key.deleted"] } },
      sequence: { gt: after, lte: through },
    },
    select: { targetId: true },
  });
  if (entries.length === 0) return new Map();
  const where = { organizationId, keyId: { in: entries.map(({ targetId }) => targetId) } };
  const waiting = await database().revocationReceipt.findMany({ where: { ...where, facts: null } });
  if (waiting.length > 0) {
    await recordReceiptsLate(
      organizationId,
      waiting.map(({ keyId }) => keyId),
    );
  }
  const signer = await currentSigner(now);
  const signed = new Map<string, string>();
  for (const row of await database().revocationReceipt.findMany({ where })) {
    const facts = openFacts(row);
    if (facts.ok) signed.set(row.keyId, (await signFacts(inShort(facts.value), signer, now)).receipt);
  }
  return signed;
}

function inShort(facts: ReceiptFacts): ReceiptFacts {
  const { nodes, clients, ...others } = withoutNames(facts);
  return {
    ...others,
    nodes: nodes.slice(0, mostNamed),
    clients: clients?.slice(0, mostNamed) ?? null,
  };
}
