import { z } from "zod";

const limitMessage = "limit is a whole number from 1 to 100";

/** The query string of a list that fits one page, so that it never hands out a cursor. */
export const singlePageQuery = z.strictObject({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, limitMessage)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 100, limitMessage)
    .default(25),
  cursor: z.undefined("This is no cursor that this list gave").optional(),
});

export const noQuery = z.strictObject({});
