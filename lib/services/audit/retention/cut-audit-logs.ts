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
 * Removes audit entries that are older than their organization's retention. Each cut first writes an entry with the
 * number and the hash of the last entry to remove, so the rest can still be checked from there. Only then are the old
 * entries removed, a few at a time. Several nodes may run this at once, and if one dies, the next run continues.
 *
 * @param nodeTime a log is cut only when the database's clock agrees, in case one of the two is ahead
 * @param signal stops between two statements
 * @returns false, since one run handles everything
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

/** Limits the checks of whole chains on all nodes: a check takes a while, and a faulty chain would fail again. */
const checks: Throttle = { name: "audit-cut:organization", attempts: 1, windowMs: 20 * 60 * 60 * 1000 };

async function cutAuditLog(organizationId: OrganizationId, now: Date): Promise<void> {
  const due = await readDue(database(), organizationId, now);
  if (due === null || (await countAttempt(checks, organizationId, now)).retryAt !== null) return;
  const { faults, setting } = await checkRetention(organizationId);
  if (faults.length > 0) {
    // After a cut the rest would check out, and nobody could tell what had been changed.
    log().error({ organizationId, faults }, "the audit log is not cut, because it is not as it was written");
    return;
  }
  // The chain itself must contain the setting, so that writing to the database alone cannot get entries removed.
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
    // The setting may have changed in the meantime, or another node may have cut.
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
        // Repeat the retention, since the entry that set it may be removed by this cut.
        details: { through, hash: Buffer.from(last.hash).toString("hex"), auditRetentionDays: days },
      },
    );
  });
}

/**
 * The last entry to remove, and the retention in days; null if there is nothing to cut now. It is the last old entry
 * before the first that must be kept, so all earlier ones are removed too. A time in the future comes from a wrong
 * clock and is ignored: such an entry is removed once a later one is old. Entries that a log reader has not read yet
 * are kept.
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
  // Skip if there are only cuts: in an inactive organization, each cut would just replace the last one.
  const firstChange = await find({ action: { not: cutAction } });
  const behind = await from.logCursor.aggregate({ where: { organizationId }, _min: { sequence: true } });
  const through = Math.min(lastOld.sequence, behind._min.sequence ?? lastOld.sequence);
  return firstChange === null || firstChange.sequence > through ? null : { through, days };
}

/**
 * Removes the entries before the newest cut. Pauses after each step for as long as it took, since nobody waits for
 * this. Deletes by number, since a chain has no gaps: searching for the next entry would scan all removed ones as long
 * as an old snapshot sees them.
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
