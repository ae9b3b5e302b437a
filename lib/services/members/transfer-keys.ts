import { generatableLevels } from "@/lib/core/access/manage-keys";
import type { Resource } from "@/lib/core/access/resource";
import type { Result } from "@/lib/core/result";
import { failure, success } from "@/lib/core/result";
import type { Transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { KeyTransfers } from "@/lib/schemas/member";
import type { ActingContext } from "@/lib/services/access/key-context";
import type { AuditFacts } from "@/lib/services/audit/record-audit-entry";
import { type KeyRowRecord, keyRowInclude } from "@/lib/services/keys/read/key-row";
import { resourceTable } from "@/lib/services/resources/resource-table";
import { namespaceColumns } from "../access/level-in-namespace";
import type { LockedMembers } from "../access/lock-members";
import { lockReceivers } from "../access/lock-receivers";

export type TransferredKeys = {
  /** The member's keys that were not revoked and were not transferred: a removal ends these. */
  readonly kept: readonly { readonly id: string; readonly name: string }[];
  readonly entries: readonly AuditFacts[];
};

/**
 * Locks a member's keys and transfers the named ones, all or none. Each new owner must be someone who could have
 * generated the key in its namespace, because the key is limited to their permissions from then on.
 *
 * @param within transfers only keys of this namespace; if undefined, all the member's keys
 */
export async function transferKeys(
  transaction: Transaction,
  context: ActingContext,
  { keyCreators, levels }: LockedMembers,
  fromUserId: string,
  transfers: KeyTransfers,
  within?: Resource,
): Promise<Result<TransferredKeys>> {
  const organizationId = context.organization.id;
  const theirs = {
    organizationId,
    liveCreatorId: fromUserId,
    ...(within === undefined ? {} : namespaceColumns(within)),
  };
  const receiverLevel = await lockReceivers(transaction, context, theirs, transfers);
  await transaction.$queryRaw`
    SELECT 1 FROM api_keys WHERE organization_id = ${organizationId}::uuid
      AND live_creator_id = ${fromUserId}::uuid
      ${within === undefined ? Prisma.empty : Prisma.sql`AND ${resourceTable[within.type].column} = ${within.id}::uuid`}
    ORDER BY id FOR UPDATE`;
  // A separate statement after the lock: it sees what the previous holder of the lock committed.
  const keys = await transaction.apiKey.findMany({
    where: theirs,
    include: keyRowInclude,
    orderBy: { id: "asc" },
  });

  const moves: { readonly key: KeyRowRecord; readonly toUserId: string }[] = [];
  for (const { keyId, toUserId } of transfers) {
    const key = keys.find(({ id }) => id === keyId);
    const level = levels.get(toUserId);
    if (key === undefined || level === undefined || toUserId === fromUserId) return changed;
    const levelInNamespace = receiverLevel(key, toUserId);
    if (!generatableLevels({ level, keyCreators }, levelInNamespace).includes(key.accessLevel)) {
      return failure("forbidden", `“${key.name}” cannot go to someone who could not have generated it.`);
    }
    moves.push({ key, toUserId });
  }

  for (const toUserId of new Set(moves.map((move) => move.toUserId))) {
    const ids = moves.filter((move) => move.toUserId === toUserId).map(({ key }) => key.id);
    await transaction.apiKey.updateMany({
      where: { organizationId, id: { in: ids } },
      data: { creatorId: toUserId, liveCreatorId: toUserId },
    });
  }
  const moved = new Set(moves.map(({ key }) => key.id));
  return success({
    kept: keys.filter(({ id }) => !moved.has(id)),
    entries: moves.map(({ key, toUserId }) => ({
      action: "key.transferred",
      target: { type: "key", id: key.id, name: key.name },
      details: { fromUserId, toUserId },
    })),
  });
}

const changed = failure(
  "conflict",
  "The keys or the members have changed in the meantime. Review them again.",
);
