import type { Transaction } from "@/lib/db/client";
import type { MemberContext } from "@/lib/services/access/context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import type { LockedKey } from "../../access/lock-key";

/** Makes another member the creator of locked keys. The caller has checked that they may receive them. */
export async function transferLocked(
  transaction: Transaction,
  { organization }: MemberContext,
  keys: readonly [LockedKey, ...LockedKey[]],
  toUserId: string,
): Promise<[AuditFacts, ...AuditFacts[]]> {
  await transaction.apiKey.updateMany({
    where: { organizationId: organization.id, id: { in: keys.map(({ id }) => id) } },
    data: { creatorId: toUserId, liveCreatorId: toUserId },
  });
  const facts = ({ id, name, creatorId }: LockedKey): AuditFacts => ({
    action: "key.transferred",
    target: { type: "key", id, name },
    details: { fromUserId: creatorId, toUserId },
  });
  const [first, ...others] = keys;
  return [facts(first), ...others.map(facts)];
}
