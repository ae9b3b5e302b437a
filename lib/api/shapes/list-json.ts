import { z } from "zod";
import type { ListPosition } from "@/lib/core/list-cursor";
import { formatListCursor } from "@/lib/core/list-cursor";
import type { Immutable } from "../operate/immutable";

/** The answer of an operation that lists: a page, in the form of all lists of this API. */
export function pageAnswer<Item extends z.ZodType>(
  description: string,
  item: Item,
  example: Immutable<z.output<Item>>,
) {
  const schema = z.strictObject({
    data: z.array(item),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: "Send it as `cursor` to get the next page; null on the last page." }),
  });
  const page = { data: [example], next_cursor: null };
  return { description, schema, example: page as Immutable<z.output<typeof schema>> };
}

/** Writes a page that a verb read. Its `next` is the last row, if more follow. */
export function writePage<Row, Item>(write: (row: Row) => Item) {
  return ({ rows, next }: { readonly rows: readonly Row[]; readonly next: ListPosition | null }) => ({
    data: rows.map(write),
    next_cursor: next && formatListCursor(next),
  });
}
