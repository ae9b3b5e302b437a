import { z } from "zod";
import type { ListPosition } from "@/lib/core/list-cursor";
import { formatListCursor } from "@/lib/core/list-cursor";

/** A page of a list, in the form of all lists of this API. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    data: z.array(item),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: "Give it as `cursor` to get what follows; null: nothing does." }),
  });
}

/** @param next the last row of this page, if more follow */
export function nextCursor(next: ListPosition | null): string | null {
  return next === null ? null : formatListCursor(next);
}
