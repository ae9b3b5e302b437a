import type { Transaction } from "@/lib/db/client";
import { database, inTransactionApart } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditEntryView } from "@/lib/services/audit/list-audit-entries";
import { inEach } from "@/lib/services/background/in-each";

/** Something that is done about each entry of the audit trail, such as telling a webhook. */
export type LogReader<Prepared> = {
  /** Its cursors in `log_cursors`. */
  readonly name: string;
  /**
   * Runs before the transaction, which must not wait for it.
   *
   * @param next the entries that come next, as it looks: other nodes read too
   */
  readonly prepare: (organizationId: OrganizationId, next: NextEntries, now: Date) => Promise<Prepared>;
  /**
   * What it makes of these entries, in the chain's order. Its writes and the cursor commit together.
   *
   * @returns how many of them it took; the others are given again. None only if it was not prepared for them
   */
  readonly take: (
    transaction: Transaction,
    entries: readonly AuditEntryView[],
    about: { readonly organizationId: OrganizationId; readonly prepared: Prepared; readonly now: Date },
  ) => Promise<number>;
};

/** The numbers of entries: those after `after` up to `through`, which may be there. */
export type NextEntries = { readonly after: number; readonly through: number };

const organizationsAtOnce = 100;
const entriesAtOnce = 200;

/** Starts reading an organization's trail after this entry, unless the reader has started there before. */
export async function startCursor(
  transaction: Transaction,
  reader: string,
  organizationId: OrganizationId,
  sequence: number,
): Promise<void> {
  await transaction.logCursor.createMany({
    data: [{ reader, organizationId, sequence }],
    skipDuplicates: true,
  });
}

/**
 * Reads on in every organization that has new entries: each entry once, in order, without a gap. The trail has no gaps
 * and its numbers are in the order of the commits, so a cursor is all there is to keep. Several nodes may run this at
 * once: each organization's cursor is locked by one of them, and the others leave it alone. What fails in one
 * organization holds up no other.
 *
 * @returns whether anything was read, so that there may be more
 */
export async function readLog<Prepared>(
  reader: LogReader<Prepared>,
  now: Date,
  signal: AbortSignal,
): Promise<boolean> {
  const behind = await database().$queryRaw<(NextEntries & { readonly organizationId: OrganizationId })[]>`
    SELECT c.organization_id::text AS "organizationId", c.sequence AS after,
      least(h.sequence, c.sequence + ${entriesAtOnce}::int) AS through
    FROM log_cursors c
    JOIN audit_heads h ON h.organization_id = c.organization_id AND h.sequence > c.sequence
    WHERE c.reader = ${reader.name} ORDER BY random() LIMIT ${organizationsAtOnce}`;
  return inEach(`the audit log could not be read for ${reader.name}`, behind, signal, (next) =>
    readPart(reader, next.organizationId, next, now),
  );
}

async function readPart<Prepared>(
  reader: LogReader<Prepared>,
  organizationId: OrganizationId,
  next: NextEntries,
  now: Date,
): Promise<boolean> {
  const prepared = await reader.prepare(organizationId, next, now);
  return inTransactionApart(async (transaction) => {
    const [cursor] = await transaction.$queryRaw<{ readonly sequence: number }[]>`
      SELECT sequence FROM log_cursors WHERE reader = ${reader.name} AND organization_id = ${organizationId}::uuid
      FOR UPDATE SKIP LOCKED`;
    if (cursor === undefined) return false;
    const entries = await transaction.auditEntry.findMany({
      where: { organizationId, sequence: { gt: cursor.sequence } },
      orderBy: { sequence: "asc" },
      take: entriesAtOnce,
    });
    if (entries.length === 0) return false;
    const about = { organizationId, prepared, now };
    const taken = await reader.take(transaction, entries as AuditEntryView[], about);
    if (taken === 0) return false;
    const last = entries[taken - 1];
    if (last === undefined) throw new Error(`${reader.name} took ${taken} of ${entries.length} entries`);
    await transaction.logCursor.update({
      where: { reader_organizationId: { reader: reader.name, organizationId } },
      data: { sequence: last.sequence },
    });
    return true;
  });
}
