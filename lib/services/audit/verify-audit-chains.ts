import { database } from "@/lib/db/client";
import { auditHash, chainStart } from "./audit-hash";

export type ChainCheck = {
  readonly organization: string;
  readonly entries: number;
  /** What is wrong; null if the chain is intact. */
  readonly fault: string | null;
};

const batch = 1_000;

/** Recomputes every organization's chain from its first entry to its head. */
export async function verifyAuditChains(): Promise<ChainCheck[]> {
  const organizations = await database().organization.findMany({
    orderBy: { id: "asc" },
    include: { auditHead: true },
  });
  const checks: ChainCheck[] = [];
  for (const { id, slug, auditHead } of organizations) {
    checks.push({ organization: slug, ...(await verifyChain(id, auditHead)) });
  }
  return checks;
}

async function verifyChain(
  organizationId: string,
  head: { readonly sequence: number; readonly hash: Uint8Array } | null,
): Promise<Omit<ChainCheck, "organization">> {
  let sequence = 0;
  let hash: Uint8Array = chainStart;
  for (;;) {
    const entries = await database().auditEntry.findMany({
      where: { organizationId, sequence: { gt: sequence } },
      orderBy: { sequence: "asc" },
      take: batch,
    });
    for (const entry of entries) {
      if (entry.sequence !== sequence + 1)
        return { entries: sequence, fault: `entry ${sequence + 1} is missing` };
      const expected = auditHash(hash, entry);
      if (Buffer.compare(expected, entry.hash) !== 0) {
        return { entries: sequence, fault: `entry ${entry.sequence} was changed` };
      }
      sequence = entry.sequence;
      hash = expected;
    }
    if (entries.length < batch) break;
  }
  const whole = head !== null && head.sequence === sequence && Buffer.compare(hash, head.hash) === 0;
  return { entries: sequence, fault: whole ? null : "the end was cut off" };
}
