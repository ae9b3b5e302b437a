import { z } from "zod";
import {
  keyListDefaults,
  keySortColumns,
  pageSizes,
  searchMaximum,
  sortDirections,
} from "@/lib/core/keys/key-list-settings";
import { statusFilters } from "@/lib/core/keys/key-status";
import { typedString } from "@/lib/schemas/fields/plain-text";

/** The search term, normalized like stored names. */
export const searchInput = typedString(searchMaximum)
  .max(searchMaximum, `Search for at most ${searchMaximum} characters`)
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "This text cannot be searched for");

/** The state of the API keys page, as in its URL. */
export const keyListInput = z.strictObject({
  search: searchInput.default(keyListDefaults.search),
  status: z.enum(statusFilters).default(keyListDefaults.status),
  sort: z.enum(keySortColumns).default(keyListDefaults.sort),
  direction: z.enum(sortDirections).default(keyListDefaults.direction),
  page: z.int().min(1).max(1_000_000).default(keyListDefaults.page),
  pageSize: z.union(pageSizes.map((size) => z.literal(size))).default(keyListDefaults.pageSize),
});
export type KeyListInput = z.infer<typeof keyListInput>;
