import { z } from "zod";
import type { ListPosition } from "@/lib/core/list-cursor";
import { parseListCursor, parseSequenceCursor } from "@/lib/core/list-cursor";

const limitMessage = "limit is a whole number from 1 to 100";

/** The maximum page size. Query strings are text, so the OpenAPI type is described separately. */
export const limitQuery = z
  .string()
  .regex(/^\d{1,3}$/, limitMessage)
  .transform(Number)
  .refine((limit) => limit >= 1 && limit <= 100, limitMessage)
  .default(25)
  .meta({
    type: "integer",
    minimum: 1,
    maximum: 100,
    default: 25,
    description: "The maximum number of items per page.",
  });

/** The query string of a list that fits one page, so that it never hands out a cursor. */
export const singlePageQuery = z.strictObject({
  limit: limitQuery,
  cursor: z
    .undefined("This is not a cursor of this list")
    .optional()
    .meta({ type: "string", maxLength: 0, description: "This list has one page and gives no cursor." }),
});

/** The cursor of the next page, from `next_cursor`. */
export function cursorQuery(ids: "uuid" | "key") {
  return cursorOf((text): ListPosition | null => parseListCursor(text, ids));
}

/** Like `cursorQuery`, for a list ordered by a number. */
export const sequenceCursorQuery = cursorOf(parseSequenceCursor);

/** Like `cursorQuery`, for the list of roles, which is ordered by their ids. */
export const roleCursorQuery = cursorOf((text) => (/^[a-z][a-z0-9_]{0,63}$/.test(text) ? text : null));

function cursorOf<Position>(parse: (text: string) => Position | null) {
  return z
    .string()
    .max(64)
    .transform((text, context): Position => {
      const position = parse(text);
      if (position !== null) return position;
      context.addIssue({ code: "custom", message: "This is not a cursor of this list" });
      return z.NEVER;
    })
    .optional()
    .meta({ type: "string", maxLength: 64, description: "The `next_cursor` of the page before." });
}
