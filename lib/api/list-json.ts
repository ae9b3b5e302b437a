import { z } from "zod";

/** A page of a list, as every list of this API gives it. */
export function page<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    data: z.array(item),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: "Give it as `cursor` to get what follows; null: nothing does." }),
  });
}
