import { setTimeout } from "node:timers/promises";
import { isCutDue, isInEffect, keptSince } from "@/lib/core/audit/audit-retention";
import type { Transaction } from "@/lib/db/client";
import { database, inTransactionApart } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { OrganizationId } from "@/lib/services/access/context";
import { inEach } from "@/lib/services/background/in-each";
import { countAttempt } from "@/lib/services/throttle/count-attempt";
import type { Throttle } from "@/lib/services/throttle/throttle";
import { recordAuditEntry } from "../record-audit-entry";
import { checkRetention } from "../verify-audit-chains";
import { cutAction, readAuditCut } from "./read-audit-cut";

const removedAtOnce = 2_000;

/**
 * Ends what organizations no longer keep of their audit logs. Each cut is an entry of the chain with the number and the
 * hash of the last entry that goes, so the rest can still be checked from there. Only then the entries are removed, a
 * few at a time. Several nodes may run this at once, and one that dies leaves the rest to the next run.
 *
 * @param nodeTime the database's clock counts too: no log is cut earlier because one of the two is ahead
 * @param signal stops between two statements
 * @returns false: what there was to do is done
 */
export async function cutAuditLogs(nodeTime: Date, signal: AbortSignal): Promise<boolean> {
  const now = await earlierOf(nodeTime);
  const organizations = await database().$queryRaw<{ readonly organizationId: OrganizationId }[]>`
    SELECT id::text AS "organizationId" FROM organizations WHERE audit_retention_days IS NOT NULL ORDER BY random()`;
  return inEach("the audit log could not be cut", organizations, signal, async ({ organizationId }) => {
    await cutAuditLog(organizationId, now);
    await removeCutEntries(organizationId, signal);
    return false;
  });
}

async function earlierOf(nodeTime: Date): Promise<Date> {
  const [row] = await database().$queryRaw<{ readonly now: Date }[]>`
    SELECT least(clock_timestamp(), ${nodeTime}::timestamptz) AS now`;
  return row?.now ?? nodeTime;
}

/** Checking a whole chain takes a while, and one that was refused is refused again. All nodes share it. */
const checks: Throttle = { name: "audit-cut:organization", attempts: 1, windowMs: 20 * 60 * 60 * 1000 };

async function cutAuditLog(organizationId: OrganizationId, now: Date): Promise<void> {
  const due = await readDue(database(), organizationId, now);
  if (due === null || (await countAttempt(checks, organizationId, now)).retryAt !== null) return;
  const { faults, setting } = await checkRetention(organizationId);
  if (faults.length > 0) {
    // What is left would be whole, and nobody could find out any more what had been changed.
    log().error({ organizationId, faults }, "the audit log is not cut, because it is not as it was written");
    return;
  }
  // Whoever can write to the database alone must not get entries removed: the chain itself has to say it.
  if (setting?.days !== due.days) {
    log().error(
      { organizationId },
      "the audit log is not cut, because no entry of it sets how long it is kept",
    );
    return;
  }
  if (!isInEffect(setting, due.days, now)) return;
  await inTransactionApart(async (transaction) => {
    await transaction.$queryRaw`SELECT 1 FROM organizations WHERE id = ${organizationId}::uuid FOR UPDATE`;
    // The setting may have changed in the meantime, and another node may have cut.
    const still = await readDue(transaction, organizationId, now);
    if (still === null || still.through !== due.through || still.days !== due.days) return;
    const { through, days } = due;
    const { name } = await transaction.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { name: true },
    });
    const last = await transaction.auditEntry.findUniqueOrThrow({
      where: { organizationId_sequence: { organizationId, sequence: through } },
      select: { hash: true },
    });
    await recordAuditEntry(
      transaction,
      {
        organization: { id: organizationId },
        actor: { kind: "system", name: "Latchkey" },
        origin: { at: now, address: null, userAgent: null, requestId: null },
      },
      {
        action: cutAction,
        target: { type: "organization", id: organizationId, name },
        // The entry that set the days may go with this cut.
        details: { through, hash: Buffer.from(last.hash).toString("hex"), auditRetentionDays: days },
      },
    );
  });
}

/**
 * The last of the entries that are no longer kept, and for how many days they are; null if there is nothing to cut now.
 * Every entry before it goes too, so it is the last old one before the first that is young enough. A time that has not
 * come yet is a wrong clock's, and says nothing: such an entry goes when one after it is old. A reader of the log that
 * has not come so far keeps the rest.
 */
async function readDue(
  from: Transaction,
  organizationId: OrganizationId,
  now: Date,
): Promise<{ readonly through: number; readonly days: number } | null> {
  const { auditRetentionDays: days } = await from.organization.findUniqueOrThrow({
    where: { id: organizationId },
    select: { auditRetentionDays: true },
  });
  if (days === null) return null;
  const cut = await readAuditCut(organizationId, from);
  const kept = { organizationId, sequence: { gt: cut?.through ?? 0 } };
  const since = keptSince(days, now);
  const select = { sequence: true, at: true } as const;
  const find = (where: object) =>
    from.auditEntry.findFirst({ where: { ...kept, ...where }, orderBy: { sequence: "asc" }, select });
  const oldest = await find({ at: { lte: now } });
  if (oldest === null || !isCutDue(oldest.at, days, now)) return null;
  const firstYoung = await find({ at: { gte: since, lte: now } });
  const lastOld = await from.auditEntry.findFirst({
    where: {
      ...{ organizationId, at: { lt: since } },
      sequence: { ...kept.sequence, ...(firstYoung === null ? {} : { lt: firstYoung.sequence }) },
    },
    orderBy: { sequence: "desc" },
    select,
  });
  if (lastOld === null) return null;
  // In an organization where nothing happens, each cut would only replace the last one.
  const firstChange = await find({ action: { not: cutAction } });
  const behind = await from.logCursor.aggregate({ where: { organizationId }, _min: { sequence: true } });
  const through = Math.min(lastOld.sequence, behind._min.sequence ?? lastOld.sequence);
  return firstChange === null || firstChange.sequence > through ? null : { through, days };
}

/**
 * Removes what the newest cut ended, with a pause as long as each step: nobody waits for it. By number, since a chain has no
 * gaps: to look for the next entries would pass over all those that are removed, as long as some old snapshot sees them.
 */
async function removeCutEntries(organizationId: OrganizationId, signal: AbortSignal): Promise<void> {
  const cut = await readAuditCut(organizationId);
  if (cut === null) return;
  const oldest = await database().auditEntry.findFirst({
    where: { organizationId, sequence: { lte: cut.through } },
    orderBy: { sequence: "asc" },
    select: { sequence: true },
  });
  if (oldest === null) return;
  for (let from = oldest.sequence; from <= cut.through && !signal.aborted; from += removedAtOnce) {
    const begun = performance.now();
    await inTransactionApart(async (transaction) => {
      await transaction.$executeRaw`SELECT set_config('latchkey.audit_cut', ${organizationId}, true)`;
      await transaction.$executeRaw`
        DELETE FROM audit_entries WHERE organization_id = ${organizationId}::uuid
          AND sequence BETWEEN ${from}::int AND least(${from}::int + ${removedAtOnce}::int - 1, ${cut.through}::int)`;
    });
    await setTimeout(performance.now() - begun, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
