import { database } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { chainStart } from "./audit-hash";
import { readAuditCut } from "./retention/read-audit-cut";
import type { StoredEntry } from "./verify-audit-chains";
import { entryFault, keyingAction } from "./verify-audit-chains";

/**
 * Checks entries from any positions in the chain: whether each is as it was written and follows the one before it.
 * Entries without a key must be older than the entry with which the chain got its key.
 */
export async function checkShownEntries(
  organizationId: OrganizationId,
  entries: readonly StoredEntry[],
): Promise<readonly string[]> {
  const keying = entries.some(({ pepperVersion }) => pepperVersion === null)
    ? await database().auditEntry.findFirst({
        where: { organizationId, action: keyingAction, pepperVersion: { not: null } },
        orderBy: { sequence: "asc" },
      })
    : null;
  const checked = keying === null ? entries : [...entries, keying];
  const earlier = await database().auditEntry.findMany({
    where: { organizationId, sequence: { in: checked.map(({ sequence }) => sequence - 1) } },
    select: { sequence: true, hash: true },
  });
  const hashes = new Map<number, Uint8Array>(earlier.map(({ sequence, hash }) => [sequence, hash]));
  const cut = await readAuditCut(organizationId);
  if (cut !== null) hashes.set(cut.through, cut.hash);
  const keyedFrom = keying?.sequence ?? 0;
  return checked.flatMap((entry) => {
    const before = entry.sequence - 1;
    if (entry.pepperVersion === null && entry.sequence > keyedFrom) {
      return `entry ${entry.sequence} has no key, although its chain has one`;
    }
    const previous = before === 0 ? chainStart : hashes.get(before);
    const fault = previous === undefined ? `entry ${before} is missing` : entryFault(entry, previous);
    return fault ?? [];
  });
}
