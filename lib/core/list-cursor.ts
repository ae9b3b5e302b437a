/** Where a list that is ordered by creation, then by id, goes on: after this row. */
export type ListPosition = { readonly createdAt: Date; readonly id: string };

/** Nine digits reach the year 5188. */
const cursorPattern = /^([0-9a-z]{1,9})_([0-9A-Za-z-]{16,36})$/;
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const keyIdPattern = /^[0-9A-Za-z]{16}$/;

/**
 * What a program hands back to get the next page. It holds nothing but the row that it saw last, so it
 * needs no signature: who makes one up gets what they could have got by asking for it.
 */
export function formatListCursor({ createdAt, id }: ListPosition): string {
  return `${createdAt.getTime().toString(36)}_${id}`;
}

/** @returns null for what no list gave */
export function parseListCursor(cursor: string, ids: "uuid" | "key"): ListPosition | null {
  const [, time = "", id = ""] = cursorPattern.exec(cursor) ?? [];
  if (!(ids === "uuid" ? uuidPattern : keyIdPattern).test(id)) return null;
  const createdAt = new Date(Number.parseInt(time, 36));
  // One row has one cursor: none with zeros in front.
  return formatListCursor({ createdAt, id }) === cursor ? { createdAt, id } : null;
}

/** As above, of a list that is ordered by a number that counts its rows. */
export function formatSequenceCursor(sequence: number): string {
  return sequence.toString(36);
}

/** @returns null for what no list gave; the numbers of the database reach 2^31 - 1 */
export function parseSequenceCursor(cursor: string): number | null {
  const sequence = /^[0-9a-z]{1,6}$/.test(cursor) ? Number.parseInt(cursor, 36) : 0;
  const isThere = sequence >= 1 && sequence < 2 ** 31;
  return isThere && formatSequenceCursor(sequence) === cursor ? sequence : null;
}

/**
 * A page of rows that were asked for with one more than it holds, which tells whether others follow.
 *
 * @returns the rows of the page, and its last one when the list goes on after it
 */
export function cutPage<Row>(
  found: readonly Row[],
  limit: number,
): { readonly rows: readonly Row[]; readonly next: Row | null } {
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1) ?? null) : null };
}
