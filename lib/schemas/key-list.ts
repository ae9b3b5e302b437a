import { z } from "zod";
import {
  keyListDefaults,
  keyListStatuses,
  keySortColumns,
  pageSizes,
  searchMaximum,
  sortDirections,
} from "@/lib/core/keys/key-list-settings";
import { typedString } from "@/lib/schemas/fields/plain-text";
import { subjectFilter } from "@/lib/schemas/key-attributes";
import { labelFilters } from "@/lib/schemas/key-filters";

/** The search term, normalized like stored names. */
export const searchInput = typedString(searchMaximum)
  .max(searchMaximum, `Search for at most ${searchMaximum} characters`)
  .refine((text) => !text.includes("\0") && text.isWellFormed(), "This text cannot be searched for");

/** The state of the API keys page, as in its URL. */
export const keyListInput = z.strictObject({
  search: searchInput.default(keyListDefaults.search),
  /** Exactly this subject; empty for any. */
  subject: z.literal("").or(subjectFilter).default(keyListDefaults.subject),
  /** Labels that a key has to carry, all of them. */
  label: labelFilters.default([]),
  status: z.enum(keyListStatuses).default(keyListDefaults.status),
  sort: z.enum(keySortColumns).default(keyListDefaults.sort),
  direction: z.enum(sortDirections).default(keyListDefaults.direction),
  page: z.int().min(1).max(1_000_000).default(keyListDefaults.page),
  pageSize: z.union(pageSizes.map((size) => z.literal(size))).default(keyListDefaults.pageSize),
});
export type KeyListInput = z.infer<typeof keyListInput>;
