/** Where a list ordered by creation time and id continues: after this row. */
export type ListPosition = { readonly createdAt: Date; readonly id: string };

/** Nine base-36 digits last until the year 5188. */
const cursorPattern = /^([0-9a-z]{1,9})_([0-9A-Za-z-]{16,36})$/;
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyIdPattern = /^[0-9A-Za-z]{16}$/;

/**
 * The cursor a program sends back to get the next page. It only holds the last row seen, so it needs no signature: a
 * forged cursor reaches nothing that a request without one could not.
 */
export function formatListCursor({ createdAt, id }: ListPosition): string {
  return `${createdAt.getTime().toString(36)}_${id}`;
}

/** @returns null for a cursor that no list issued */
export function parseListCursor(cursor: string, ids: "uuid" | "key"): ListPosition | null {
  const [, time = "", id = ""] = cursorPattern.exec(cursor) ?? [];
  if (!(ids === "uuid" ? uuidPattern : keyIdPattern).test(id)) return null;
  const createdAt = new Date(Number.parseInt(time, 36));
  // A row has exactly one cursor, so leading zeros are refused.
  return formatListCursor({ createdAt, id }) === cursor ? { createdAt, id } : null;
}

/** Like `formatListCursor`, for a list ordered by a sequence number. */
export function formatSequenceCursor(sequence: number): string {
  return sequence.toString(36);
}

/** @returns null for a cursor that no list issued; PostgreSQL integers end at 2^31 - 1 */
export function parseSequenceCursor(cursor: string): number | null {
  const sequence = /^[0-9a-z]{1,6}$/.test(cursor) ? Number.parseInt(cursor, 36) : 0;
  const isThere = sequence >= 1 && sequence < 2 ** 31;
  return isThere && formatSequenceCursor(sequence) === cursor ? sequence : null;
}

/** A Prisma `where` for the rows after this one, ordered by creation time and then by `id`. */
export function rowsAfter<Id extends string>(after: ListPosition | null, id: Id) {
  if (after === null) return {};
  const sameTime = { [id]: { gt: after.id } } as Record<Id, { gt: string }>;
  return {
    OR: [{ createdAt: { gt: after.createdAt } }, { createdAt: after.createdAt, ...sameTime }],
  };
}

/**
 * Cuts a page from rows that were fetched with one extra, which tells whether more follow.
 *
 * @returns the page's rows, and its last row if the list continues
 */
export function cutPage<Row>(
  found: readonly Row[],
  limit: number,
): { readonly rows: readonly Row[]; readonly next: Row | null } {
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1) ?? null) : null };
}
