import type { Transaction } from "@/lib/db/client";
import { database, inTransactionApart } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import { lockKeyRows } from "@/lib/services/access/lock-key-rows";
import { lockKeyCreators } from "@/lib/services/access/lock-membership";
import { inEach } from "@/lib/services/background/in-each";
import { writeFollowUp } from "./write-follow-up";

const keysAtOnce = 200;

/**
 * Writes the rows of keys that have already changed (see `followLater`), a few at a time, each with its audit entry. If
 * the process dies, the next run on any node continues. Each organization's changes are written in order, and a failure
 * in one organization does not stop the others.
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
  // Lock the organization before the keys, as everywhere, since audit entries reference it.
  await lockKeyCreators(transaction, organizationId);
  // Only one node at a time works on an organization. A node that waited here continues in its next run.
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
