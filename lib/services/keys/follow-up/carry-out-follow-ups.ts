import type { Transaction } from "@/lib/db/client";
import { database, inTransactionApart } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { lockKeyRows } from "@/lib/services/access/lock-key-rows";
import { lockKeyCreators } from "@/lib/services/access/lock-membership";
import { writeFollowUp } from "./write-follow-up";

const keysAtOnce = 200;

/**
 * Writes the rows of keys that have changed already (see `followLater`), a few at a time, each with its audit entry. A
 * process that dies leaves the rest to the next run, on any node. Each organization's changes come in their order, and
 * what fails in one holds up no other.
 *
 * @param signal stops between two steps
 * @returns whether there may be more to do
 */
export async function carryOutFollowUps(_now: Date, signal: AbortSignal): Promise<boolean> {
  const waiting = await database().$queryRaw<{ id: OrganizationId }[]>`
    SELECT DISTINCT organization_id::text AS id FROM follow_ups`;
  const failed: unknown[] = [];
  for (const { id } of waiting) {
    if (signal.aborted) return false;
    await inTransactionApart((transaction) => carryOutSome(transaction, id)).catch((error) => {
      failed.push(error);
    });
  }
  if (failed.length > 0)
    throw new AggregateError(failed, "The keys of some organizations could not be written");
  return waiting.length > 0;
}

async function carryOutSome(transaction: Transaction, organizationId: OrganizationId): Promise<void> {
  // Before the keys, as everywhere: the audit entries refer to the organization.
  await lockKeyCreators(transaction, organizationId);
  // One node at a time in an organization: another that waited here takes the rest in its next run.
  const [oldest] = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM follow_ups WHERE organization_id = ${organizationId}::uuid
    ORDER BY position LIMIT 1 FOR UPDATE`;
  if (oldest === undefined) return;
  const keys = await transaction.followUpKey.findMany({
    where: { followUpId: oldest.id },
    select: { keyId: true },
    orderBy: { keyId: "asc" },
    take: keysAtOnce,
  });
  const ids = keys.map(({ keyId }) => keyId);
  await lockKeyRows(transaction, organizationId, ids);
  await writeFollowUp(transaction, oldest.id, ids);
  if (ids.length < keysAtOnce) await transaction.followUp.deleteMany({ where: { id: oldest.id } });
}
