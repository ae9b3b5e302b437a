import { z } from "zod";
import { statusFilters } from "@/lib/core/key-status";

export const keySortColumns = [
  "name",
  "type",
  "accessLevel",
  "createdBy",
  "created",
  "lastUsed",
  "expires",
] as const;
export type KeySortColumn = (typeof keySortColumns)[number];

export const pageSizes = [10, 25, 50, 100] as const;
export const searchMaximum = 200;

/** The state of the API keys page, as its address holds it. */
export const keyListInput = z.strictObject({
  search: z
    .string()
    .trim()
    .max(searchMaximum, `Search for at most ${searchMaximum} characters`)
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "This text cannot be searched for")
    .default(""),
  status: z.enum(statusFilters).default("active"),
  sort: z.enum(keySortColumns).default("created"),
  direction: z.enum(["asc", "desc"]).default("desc"),
  /** 1 is the first. */
  page: z.int().min(1).max(1_000_000).default(1),
  pageSize: z.union(pageSizes.map((size) => z.literal(size))).default(25),
});
export type KeyListInput = z.infer<typeof keyListInput>;
