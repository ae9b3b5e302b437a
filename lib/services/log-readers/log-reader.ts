import type { Transaction } from "@/lib/db/client";
import { database, inTransactionApart } from "@/lib/db/client";
import type { OrganizationId } from "@/lib/services/access/context";
import type { AuditEntryView } from "@/lib/services/audit/list-audit-entries";
import { inEach } from "@/lib/services/background/in-each";

/** Processes each entry of the audit log, for example to queue webhook deliveries. */
export type LogReader<Prepared> = {
  /** The name of its cursors in `log_cursors`. */
  readonly name: string;
  /**
   * Runs before the transaction, so that the transaction need not wait for it.
   *
   * @param next the entries that probably come next, since other nodes read too
   */
  readonly prepare: (organizationId: OrganizationId, next: NextEntries, now: Date) => Promise<Prepared>;
  /**
   * Processes these entries in chain order. Its writes commit together with the cursor.
   *
   * @returns how many entries it took; the others are offered again. None only if it was not prepared for them
   */
  readonly take: (
    transaction: Transaction,
    entries: readonly AuditEntryView[],
    about: { readonly organizationId: OrganizationId; readonly prepared: Prepared; readonly now: Date },
  ) => Promise<number>;
};

/** A range of entry numbers: after `after` up to `through`, inclusive. The entries may not exist yet. */
export type NextEntries = { readonly after: number; readonly through: number };

const organizationsAtOnce = 100;
const entriesAtOnce = 200;

/** Starts reading an organization's audit log after this entry, unless the reader has started there before. */
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
 * Continues in every organization that has new entries: each entry is read once, in order, without gaps. Entry numbers
 * have no gaps and follow the order of commits, so a cursor is enough. Several nodes may run this at once: one locks an
 * organization's cursor, and the others skip it. A failure in one organization does not stop the others.
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
