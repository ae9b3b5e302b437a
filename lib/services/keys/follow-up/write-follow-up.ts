import type { Transaction } from "@/lib/db/client";
import type { FollowUp } from "@/lib/db/generated/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { recordAuditEntry } from "@/lib/services/audit/record-audit-entry";
import { revocationFacts } from "../revocation";
import type { RecordedActor } from "./follow-later";
import { pauseFacts } from "./pause-facts";

/**
 * Writes outstanding changes to the rows of keys that the caller has locked, so that a new change starts from the state
 * in effect.
 */
export async function settleKeys(
  transaction: Transaction,
  organizationId: OrganizationId,
  keyIds: readonly string[],
): Promise<void> {
  const waiting = await transaction.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT f.id::text AS id, f.position
    FROM follow_up_keys p JOIN follow_ups f ON f.id = p.follow_up_id
    WHERE p.key_id = ANY(${[...keyIds]}) AND f.organization_id = ${organizationId}::uuid ORDER BY f.position`;
  for (const { id } of waiting) await writeFollowUp(transaction, id, keyIds);
}

/**
 * Writes some locked keys of a follow-up with their audit entries, unless another transaction did so before the lock.
 */
export async function writeFollowUp(
  transaction: Transaction,
  followUpId: string,
  keyIds: readonly string[],
): Promise<void> {
  const followUp = await transaction.followUp.findUnique({ where: { id: followUpId } });
  if (followUp === null) return;
  const keys = await transaction.$queryRaw<{ id: string; withKeyId: string | null }[]>`
    DELETE FROM follow_up_keys WHERE follow_up_id = ${followUpId}::uuid AND key_id = ANY(${[...keyIds]})
    RETURNING key_id AS id, with_key_id AS "withKeyId"`;
  const withKeys = new Map(keys.map(({ id, withKeyId }) => [id, withKeyId]));
  const [first, ...others] = await writeRows(transaction, followUp, withKeys);
  if (first === undefined) return;
  const { organizationId, at, address, userAgent, requestId } = followUp;
  const context = {
    organization: { id: organizationId as OrganizationId },
    actor: followUp.actor as RecordedActor,
    origin: { at, address, userAgent, requestId },
  };
  await recordAuditEntry(transaction, context, first, ...others);
}

/** Skips keys that were revoked individually in the meantime, which already have their entry. */
async function writeRows(
  transaction: Transaction,
  { organizationId, verb, reason, at, byId }: FollowUp,
  withKeys: ReadonlyMap<string, string | null>,
): Promise<AuditFacts[]> {
  const where = { organizationId, revokedAt: null, id: { in: [...withKeys.keys()] } };
  const keys = await transaction.apiKey.findMany({
    where,
    orderBy: { id: "asc" },
    select: { id: true, name: true, pausedAt: true },
  });
  if (reason !== null) {
    await transaction.apiKey.updateMany({
      where,
      data: { revokedAt: at, revocationReason: reason, revokedById: byId, liveCreatorId: null },
    });
    return keys.map((key) => revocationFacts(key, reason));
  }
  const isPause = verb === "pause";
  await transaction.apiKey.updateMany({
    where,
    data: isPause ? { pausedAt: at, pausedById: byId } : { pausedAt: null, pausedById: null },
  });
  return keys.map((key) => pauseFacts(key, withKeys.get(key.id) ?? null, isPause ? "pause" : "resume"));
}
