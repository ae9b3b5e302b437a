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

/**
 * A page of rows that were asked for with one more than it holds, which tells whether others follow.
 *
 * @returns the rows of the page, and its last one when the list goes on after it
 */
export function cutPage<Row extends ListPosition>(
  found: readonly Row[],
  limit: number,
): { readonly rows: readonly Row[]; readonly next: ListPosition | null } {
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1) ?? null) : null };
}
