import type { Transaction } from "@/lib/db/client";
import { inTransaction } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { recordAuditEntry } from "./record-audit-entry";
import { keyingAction } from "./verify-audit-chains";

const batch = 100;
type Unkeyed = { readonly id: OrganizationId; readonly name: string };

/**
 * Gives a key to every chain without one, by appending an entry that has one. Its hash covers the earlier entries, so
 * from then on none of them can be changed without the key. Takes as long for a million entries as for one. Several
 * nodes may run this at once.
 */
export async function keyOldChains(now: Date): Promise<void> {
  const origin = { at: now, address: null, userAgent: null, requestId: null };
  const actor = { kind: "system", name: "Latchkey" } as const;
  let last: string | null = null;
  const keyBatch = () =>
    inTransaction(async (transaction) => {
      const found = await unkeyedChains(transaction, { after: last });
      const ids = found.map(({ id }) => id);
      // Lock organizations before their chains; see lockChains.
      await transaction.$queryRaw`
        SELECT 1 FROM organizations WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`;
      // Another node may have added the key in the meantime.
      for (const organization of await unkeyedChains(transaction, { among: ids })) {
        const { id, name } = organization;
        await recordAuditEntry(
          transaction,
          { organization, actor, origin },
          { action: keyingAction, target: { type: "organization", id, name }, details: {} },
        );
      }
      return found.at(-1)?.id ?? null;
    });
  do last = await keyBatch();
  while (last !== null);
}

type Which = { readonly after?: string | null; readonly among?: readonly OrganizationId[] };

function unkeyedChains(transaction: Transaction, { after = null, among }: Which) {
  return transaction.$queryRaw<Unkeyed[]>`
    SELECT o.id::text AS id, o.name FROM audit_heads h
    JOIN audit_entries e USING (organization_id, sequence) JOIN organizations o ON o.id = organization_id
    WHERE e.pepper_version IS NULL AND (${after}::uuid IS NULL OR o.id > ${after}::uuid)
      AND (${among ?? null}::uuid[] IS NULL OR o.id = ANY (${among ?? null}::uuid[]))
    ORDER BY o.id LIMIT ${batch}`;
}
