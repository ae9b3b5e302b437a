import type { Transaction } from "@/lib/db/client";
import { database, inTransactionApart } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { lockKeyRows } from "@/lib/services/access/lock-key-rows";
import { lockKeyCreators } from "@/lib/services/access/lock-membership";
import { inEach } from "@/lib/services/background/in-each";
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
  const waiting = await database().$queryRaw<{ organizationId: OrganizationId }[]>`
    SELECT id AS "organizationId" FROM (SELECT DISTINCT organization_id::text AS id FROM follow_ups) o ORDER BY random()`;
  return inEach(
    "the rows of keys that changed at once could not be written",
    waiting,
    signal,
    ({ organizationId }) => inTransactionApart((transaction) => carryOutSome(transaction, organizationId)),
  );
}

async function carryOutSome(transaction: Transaction, organizationId: OrganizationId): Promise<boolean> {
  // Before the keys, as everywhere: the audit entries refer to the organization.
  await lockKeyCreators(transaction, organizationId);
  // One node at a time in an organization: another that waited here takes the rest in its next run.
  const [oldest] = await transaction.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM follow_ups WHERE organization_id = ${organizationId}::uuid
    ORDER BY position LIMIT 1 FOR UPDATE`;
  if (oldest === undefined) return false;
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
  return true;
}
